#!/usr/bin/env bash
# Measures `nnkit inspect` beside a NumPy script that computes the same numbers of the same file, in turns. Prints a line
# of JSON per process, and then how they compare. --help lists the options.
set -euo pipefail
source "$(dirname "$0")/prepare.sh"
prepare 'numpy, safetensors'
exec "$python" -W ignore "$peers/compare_inspection.py" --programs "$programs" "$@"
