#!/usr/bin/env bash
# Builds what the README shows to people who use the format as a library: a package with the README's lines for
# Package.swift and its example of ModelFormat, which depends on a clone in a folder with another name.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD

# Always the same folder, so that a second run builds only what has changed.
folder=$repository/.build/client
rm -rf "$folder/some-clone" "$folder/app" "$folder"/block-*
mkdir -p "$folder/some-clone" "$folder/app/Sources/app"
ln -s "$repository/Package.swift" "$repository/Sources" "$repository/Tests" "$folder/some-clone"

# The blocks of Swift in the README: one imports ModelFormat and nothing else, one belongs to Package.swift.
awk -v folder="$folder" '
  /^```swift$/ { inside = 1; number += 1; next }
  /^```$/ { inside = 0 }
  inside { print > (folder "/block-" number) }
' README.md
program=
manifest=
for block in "$folder"/block-*; do
  case "$(grep '^import ' "$block" || true)" in
  "import ModelFormat") program=$block ;;
  "") manifest=$block ;;
  esac
done
[ -n "$program" ] && [ -n "$manifest" ] || { echo "the README has lost its example of ModelFormat" >&2; exit 1; }
grep -q '"\.\./nnkit"' "$manifest" || { echo "the README names no clone in ../nnkit" >&2; exit 1; }

cp "$program" "$folder/app/Sources/app/main.swift"
{
  echo "// swift-tools-version: 6.3"
  echo "import PackageDescription"
  echo "let package = Package("
  echo "  name: \"app\","
  sed 's|"\.\./nnkit"|"../some-clone"|' "$manifest"
  echo ")"
} >"$folder/app/Package.swift"
swift build --package-path "$folder/app" --scratch-path "$folder/build" --disable-index-store --target app
