#!/usr/bin/env bash
# The main job on the bundled sample: train → inspect → diff → predict.
# Installs what is missing, builds nnkit, and leaves everything it makes in samples/quickstart.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n\033[1m%s\033[0m\n' "$*"; }
show() {
  printf '$ nnkit %s\n' "$*"
  "$nnkit" "$@"
}
[ -t 1 ] || step() { printf '\n%s\n' "$*"; }

step "1. Build"
./samples/install-dependencies.sh
swift build --configuration release --product nnkit
nnkit=.build/release/nnkit

out=samples/quickstart
data=samples/digits
mkdir -p "$out"

step "2. Train a classifier on 1,438 handwritten digits"
show train $data --hidden 64,32 --batch-size 10 --epochs 20 --seed 1 --output $out/digits.nnk --force

step "3. Look inside"
show inspect $out/digits.nnk

step "4. Train another one from a different start, and compare"
show train $data --hidden 64,32 --batch-size 10 --epochs 20 --seed 2 --output $out/other.nnk --force --quiet
differs=0
show diff $out/digits.nnk $out/other.nnk || differs=$?
[ $differs -eq 1 ] || exit $differs
echo "(exit code 1: they differ)"

step "5. Predict the test images, and evaluate against their labels"
show predict $out/digits.nnk $data/t10k-images-idx3-ubyte.gz --labels $data/t10k-labels-idx1-ubyte.gz \
  --output $out/predictions.csv --report $out/report.json --force
echo
head -n 4 $out/predictions.csv
accuracy=$(sed -n 's/.*"accuracy" : \([0-9.]*\).*/\1/p' $out/report.json)
awk -v accuracy="$accuracy" 'BEGIN { exit !(accuracy >= 0.96) }' ||
  { echo "accuracy $accuracy is below the expected 0.96" >&2; exit 1; }

step "Where everything lies"
cat <<END
  the program   $nnkit
  the models    $out/digits.nnk, $out/other.nnk
  predictions   $out/predictions.csv
  evaluation    $out/report.json
  the data      $data

Try next:  alias nnkit=\$PWD/$nnkit && nnkit train --help
END
