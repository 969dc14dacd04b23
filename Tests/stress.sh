#!/usr/bin/env bash
# Asks of every command, format and limit of the operating system whether a large or hostile input holds nnkit up, prints
# times and memory, and exits with 1 where something grew faster than its input, or ended as it should not:
# ./Tests/stress.sh [--quick] [--growth | --limits] [--only NAME]...
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(swift build --configuration release --show-bin-path)
swift build --configuration release --product nnkit
swift build --configuration release --product Stress
exec "$folder/Stress" --nnkit "$folder/nnkit" "$@"
