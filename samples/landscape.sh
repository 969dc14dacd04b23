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

# The same seed trains the same way again, so that shorter runs are the stations of the longest one.
for epochs in 1 2 3 5 8 12 20; do
  $nnkit train $data --hidden 64,32 --batch-size 10 --epochs $epochs --seed 1 --threads 1 \
    --output $out/digits-$epochs.nnk --force --quiet
done
$nnkit landscape $out/digits-20.nnk $data --html $out/digits.html --force
$nnkit landscape $out/digits-20.nnk $data --html $out/path.html --force \
  --path $out/digits-{1,2,3,5,8,12}.nnk
