#!/usr/bin/env bash
# Measures how fast nnkit trains beside NumPy, PyTorch and scikit-learn, on the same data, network, batch size and number
# of epochs, one tool after the other. Prints a line of JSON per tool, and then how nnkit compares with each.
# --help lists the options.
set -euo pipefail
source "$(dirname "$0")/prepare.sh"
prepare 'numpy, sklearn, torch'
exec "$python" -W ignore "$peers/compare_training.py" --programs "$programs" "$@"
