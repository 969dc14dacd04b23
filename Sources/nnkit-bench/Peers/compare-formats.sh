#!/usr/bin/env bash
# Measures nnkit's file format beside the formats that people use for weights, on the same tensors, one tool after
# the other. Prints a line of JSON per tool, and then how nnkit compares with each. --help lists the options.
set -euo pipefail
source "$(dirname "$0")/prepare.sh"
prepare 'h5py, numpy, safetensors, torch, zipnn'
exec "$python" -W ignore "$peers/compare_formats.py" --programs "$programs" "$@"
