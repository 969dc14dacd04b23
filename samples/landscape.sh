#!/usr/bin/env bash
# Draws loss landscapes: the saddle point and the plateau of textbooks, and the path that training took on the digits.
# Installs what is missing, builds nnkit, and leaves the pages in samples/landscape.
set -euo pipefail
cd "$(dirname "$0")/.."

./samples/install-dependencies.sh
swift build --configuration release --product nnkit
nnkit=.build/release/nnkit

out=samples/landscape
data=samples/digits
mkdir -p "$out"

for surface in saddle plateau; do
  $nnkit landscape --surface $surface --html $out/$surface.html --force
done

# One run, with the model of the start and after every epoch kept beside the last one.
$nnkit train $data --hidden 64,32 --batch-size 10 --epochs 20 --seed 1 --threads 1 \
  --save-every 1 --output $out/digits.nnk --force --quiet
$nnkit landscape $out/digits.nnk $data --html $out/digits.html --force
$nnkit landscape $out/digits.nnk $data --html $out/path.html --force --path $out/digits-epoch-*.nnk
