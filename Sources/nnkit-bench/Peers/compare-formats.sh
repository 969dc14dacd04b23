#!/usr/bin/env bash
# Measures nnkit's file format beside the formats that people use for weights, on the same tensors, one tool after
# the other. Prints a line of JSON per tool, and then how nnkit compares with each. --help lists the options.
#
# Builds nnkit, and makes a virtual environment for the peers in .build/peers (PEERS_ENVIRONMENT names another one,
# PYTHON another interpreter). With an environment in place nothing is downloaded.
set -euo pipefail
peers=$(cd "$(dirname "$0")" && pwd)
package=$(cd "$peers/../../.." && pwd)
environment=${PEERS_ENVIRONMENT:-$package/.build/peers/environment}

if ! "$environment/bin/python" -c 'import h5py, numpy, safetensors, torch, zipnn' 2>/dev/null; then
  echo "Making a virtual environment for the peers in $environment" >&2
  "${PYTHON:-python3}" -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --retries 1 \
    --requirement "$peers/requirements.txt" >&2
fi
build=(swift build --package-path "$package" --configuration release)
for product in nnkit nnkit-bench; do
  "${build[@]}" --product "$product" >&2
done
exec "$environment/bin/python" -W ignore "$peers/compare_formats.py" --programs "$("${build[@]}" --show-bin-path)" "$@"
