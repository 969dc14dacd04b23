#!/usr/bin/env bash
# Fuzzes the readers with libFuzzer and Address Sanitizer: ./Tests/fuzz.sh [--seconds N | --build] [TARGET...]
#
# Each target runs N seconds (60 without the option) on seeds from specs/vectors and samples/digits and on what earlier
# runs have found worth keeping, in .build-fuzzing/corpus. Without targets, all of them run. An input that breaks a
# promise, or takes longer than its size allows, is kept in .build-fuzzing/findings, and the exit code is 1; to see it
# again, give it to its target: .build-fuzzing/release/FuzzModel .build-fuzzing/findings/FuzzModel/crash-…
#
# With --build, the targets are built and not run.
set -euo pipefail
cd "$(dirname "$0")/.."

all=(
  FuzzModel FuzzSafetensors FuzzShards FuzzGGUF FuzzNumPy FuzzPyTorch FuzzONNX FuzzValues FuzzJSON FuzzChunks FuzzInflate FuzzIDX
)
seconds=60
targets=()
runs=true

usage() {
  echo "usage: ./Tests/fuzz.sh [--seconds N | --build] [TARGET...]   targets: ${all[*]}" >&2
  exit 64
}

while [ $# -gt 0 ]; do
  case "$1" in
  --seconds)
    [[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || usage
    seconds=$2
    shift
    ;;
  --build) runs=false ;;
  *)
    [[ " ${all[*]} " == *" $1 "* ]] || usage
    targets+=("$1")
    ;;
  esac
  shift
done
[ ${#targets[@]} -gt 0 ] || targets=("${all[@]}")

./samples/install-dependencies.sh

folder=$PWD/.build-fuzzing
mkdir -p "$folder"

# Only the toolchains of swift.org have libFuzzer; Xcode's has not.
echo 'int LLVMFuzzerTestOneInput(const unsigned char *data, unsigned long size) { return 0; }' >"$folder/probe.c"
if ! clang -fsanitize=fuzzer,address "$folder/probe.c" -o "$folder/probe" 2>"$folder/probe.log"; then
  cat "$folder/probe.log" >&2
  echo "This Swift toolchain has no libFuzzer. On macOS, use one from https://www.swift.org/install" >&2
  exit 69
fi

# Optimised as in a release, whose traps stay; on top of them, the standard library checks what it checks in a debug
# build: bounds of unsafe buffers among it. Undefined Behaviour Sanitizer looks at C alone, of which there is none here.
options=(
  -c release --scratch-path "$folder" --sanitize address -Xswiftc -sanitize=fuzzer -Xswiftc -enable-testing
  -Xswiftc -assert-config -Xswiftc Debug
)
# The default linker names every local symbol that it cannot export.
if [ "$(uname -s)" = Linux ]; then options+=(-Xswiftc -use-ld=lld); fi
# The package under another path: without dependencies, it would lose the list of their versions.
mkdir -p "$folder/package"
ln -sfn "$PWD/Package.swift" "$folder/package/Package.swift"
ln -sfn "$PWD/Sources" "$folder/package/Sources"
NNKIT_FUZZING=1 swift build --package-path "$folder/package" "${options[@]}"
$runs || exit 0

# The Swift runtime's own report of a crash would keep libFuzzer from saving the input.
export SWIFT_BACKTRACE=enable=no
# Targets that read through a path write their inputs here: in memory where there is such a folder.
parent=${TMPDIR:-/tmp}
if [ -w /dev/shm ]; then parent=/dev/shm; fi
scratch=$(mktemp -d "$parent/nnkit-fuzzing.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
export TMPDIR=$scratch

seeds=$scratch/seeds
for target in "${all[@]}"; do
  mkdir -p "$seeds/$target" "$folder/corpus/$target" "$folder/findings/$target"
done
for vector in specs/vectors/*/*.nnk; do
  cp "$vector" "$seeds/FuzzModel/$(basename "$(dirname "$vector")")-$(basename "$vector")"
done
cp samples/digits/*labels*.gz "$seeds/FuzzIDX"
printf '\0\0\x08\x01\0\0\0\x05\x01\x02\x03\x04\xff' >"$seeds/FuzzIDX/bytes"
printf '\0\0\x0b\x02\0\0\0\x02\0\0\0\x03\0\x01\0\x02\0\x03\xff\xff\xff\xfe\x80\0' >"$seeds/FuzzIDX/shorts"
printf '\0\0\x0d\x01\0\0\0\x02\x7f\xc0\0\0\xff\x80\0\0' >"$seeds/FuzzIDX/floats"
printf '\0\0\x0e\x03\0\0\0\x01\0\0\0\x01\0\0\0\x01\x3f\xf0\0\0\0\0\0\0' >"$seeds/FuzzIDX/doubles"
printf '\0\0\x09\x02\xff\xff\xff\xff\0\0\0\0' >"$seeds/FuzzIDX/empty"
printf '{"metadata": {"total_size": 24}, "weight_map": {"a": "x", "b": "x", "c": "y"}}' >"$seeds/FuzzShards/sound"
printf '{"weight_map": {"a": "x", "b": "./x", "c": "y", "d": "../y"}, "more": [1, {"x": null}]}' >"$seeds/FuzzShards/unsound"
"$folder/release/FuzzSeeds" "$seeds" specs/vectors/valid/*.nnk Tests/Oracles/{numpy,torch}_files.json

# With these limits of the targets, nothing needs more than a few MiB at once.
fuzz() {
  "$folder/release/$1" "$folder/corpus/$1" "$seeds/$1" -dict=Sources/Fuzzing/dictionary.txt \
    -artifact_prefix="$folder/findings/$1/" -max_total_time="$seconds" -max_len=16384 -timeout=10 \
    -rss_limit_mb=2048 -malloc_limit_mb=64 -print_final_stats=1 </dev/null >"$folder/$1.log" 2>&1
}

# As many targets at a time as there are processors; the time that inputs take is counted on processors.
found=0
processors=$(getconf _NPROCESSORS_ONLN)
for ((first = 0; first < ${#targets[@]}; first += processors)); do
  group=("${targets[@]:first:processors}")
  processes=()
  for target in "${group[@]}"; do
    fuzz "$target" &
    processes+=($!)
  done
  for place in "${!group[@]}"; do
    target=${group[place]}
    log=$folder/$target.log
    echo "== $target, $seconds seconds"
    if wait "${processes[place]}"; then
      grep -E '^stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb)' "$log" | sed 's/^stat:://'
      grep -E '^#[0-9]+' "$log" | tail -n 1
    else
      found=1
      tail -n 60 "$log"
      echo "$target: the log is $log, the input is in $folder/findings/$target" >&2
    fi
  done
done
if [ "$found" -ne 0 ]; then
  echo "There are findings." >&2
  exit 1
fi
echo "No findings."
