#!/usr/bin/env bash
# Installs what is missing and runs the whole test suite. Arguments go to `swift test`.
#
# With NNKIT_OPTIMIZED=1 the libraries are optimised, which the gate asks for: they take longer to build, the tests less to
# run. With NNKIT_PROGRAM=PATH the tests of the command line run that `nnkit`, given by an absolute path.
set -euo pipefail
cd "$(dirname "$0")/.."
./samples/install-dependencies.sh
exec swift test "$@"
