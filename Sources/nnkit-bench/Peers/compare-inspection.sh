#!/usr/bin/env bash
# Measures `nnkit inspect` and `nnkit diff` beside NumPy scripts that compute the same numbers of the same files, in turns.
# Prints a line of JSON per process, and then how they compare. --help lists the options.
set -euo pipefail
source "$(dirname "$0")/prepare.sh"
prepare 'numpy, safetensors'
exec "$python" -W ignore "$peers/compare_inspection.py" --programs "$programs" "$@"
