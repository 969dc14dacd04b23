#!/usr/bin/env bash
# Builds what the README shows to people who use the library: a package of its own that depends on a clone in a folder
# with another name, with the README's lines for Package.swift and each of its examples as a program.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD

# Always the same folder, so that a second run builds only what has changed.
folder=$repository/.build/client
rm -rf "$folder/some-clone" "$folder/app" "$folder"/block-*
mkdir -p "$folder/some-clone" "$folder/app"
ln -s "$repository/Package.swift" "$repository/Sources" "$repository/Tests" "$folder/some-clone"

# The blocks of Swift in the README: those that import something are programs, the other belongs to Package.swift.
awk -v folder="$folder" '
  /^```swift$/ { inside = 1; number += 1; next }
  /^```$/ { inside = 0 }
  inside { print > (folder "/block-" number) }
' README.md
programs=()
for block in "$folder"/block-*; do
  if grep -q '^import ' "$block"; then
    name=Example$((${#programs[@]} + 1))
    mkdir -p "$folder/app/Sources/$name"
    mv "$block" "$folder/app/Sources/$name/main.swift"
    programs+=("$name")
  else
    manifest=$block
  fi
done
[ ${#programs[@]} -ge 2 ] || { echo "the README has lost its examples" >&2; exit 1; }

dependency=$(sed -n 's/^dependencies: \[\(.*\)\],$/\1/p' "$manifest")
path=$(printf '%s' "$dependency" | sed -n 's/.*path: "\([^"]*\)".*/\1/p')
[ "$path" = ../nnkit ] || { echo "the README names no clone in ../nnkit: $dependency" >&2; exit 1; }
grep -q 'product(name: "ModelFormat", package: "nnkit")' "$manifest" ||
  { echo "the README names no product of the package" >&2; exit 1; }
products=$(sed -n 's/^ *\.library(name: "\([A-Za-z]*\)".*/\1/p' Package.swift)
{
  echo "// swift-tools-version: 6.3"
  echo "import PackageDescription"
  echo "let package = Package("
  echo "  name: \"app\", $(sed -n '/^platforms:/p' "$manifest")"
  echo "  dependencies: [${dependency/..\/nnkit/../some-clone}],"
  echo "  targets: ["
  for program in "${programs[@]}"; do
    printf '    .executableTarget(name: "%s", dependencies: [' "$program"
    for product in $products; do printf '.product(name: "%s", package: "nnkit"), ' "$product"; done
    echo "]),"
  done
  echo "  ])"
} >"$folder/app/Package.swift"

for program in "${programs[@]}"; do
  swift build --package-path "$folder/app" --scratch-path "$folder/build" --target "$program"
done
echo "${#programs[@]} examples of the README build"
