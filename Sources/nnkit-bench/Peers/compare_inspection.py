"""Times `nnkit inspect` and `nnkit diff` beside NumPy scripts that compute the same numbers of the same files, as whole
processes in turns, and prints the medians, the peaks of memory, and the ratios."""

import argparse
import os
import statistics
import sys

from processes import run, show

HERE = os.path.dirname(os.path.abspath(__file__))
SCRATCH = os.path.normpath(os.path.join(HERE, "../../../.build/peers"))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, prog="compare-inspection.sh")
    parser.add_argument("weights", nargs="?", help="a .safetensors file of 32-bit weights; made when not given")
    parser.add_argument("--megabytes", type=int, default=403, help="the size of the weights that are made")
    parser.add_argument("--folder", default=SCRATCH, help="where files are written (default: .build/peers)")
    parser.add_argument("--repeats", type=int, default=3, help="how many turns there are; the median counts")
    parser.add_argument("--programs", required=True, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.repeats < 1 or chosen.megabytes < 1:
        parser.error("--repeats and --megabytes must be at least 1")
    return chosen


def weights(options):
    """The file to look into, which is made where none was given."""
    if options.weights is not None:
        return options.weights
    path = os.path.join(options.folder, f"weights-{options.megabytes}.safetensors")
    if not os.path.exists(path):
        run([sys.executable, os.path.join(HERE, "make_weights.py"), path, str(options.megabytes)])
    return path


def changed(options, path):
    """A file with the same weights after a small change, which is made unless it is there."""
    other = os.path.join(options.folder, os.path.basename(path).removesuffix(".safetensors") + "-changed.safetensors")
    if not os.path.exists(other):
        run([sys.executable, os.path.join(HERE, "change_weights.py"), path, other])
    return other


def compare(names, works, repeats, expected=()):
    """Runs processes in turns; the first two of `names` are ours and the peer's. `expected` are exit codes, if not 0."""
    runs = {name: [] for name in names}
    for _ in range(repeats):
        for place, (name, command) in enumerate(zip(names, works)):
            runs[name].append(run(command, expected[place] if expected else 0)[1:])
    seconds = {name: statistics.median(time for time, _ in found) for name, found in runs.items()}
    for name, found in runs.items():
        show({"process": name, "seconds": seconds[name], "peak_MiB": max(memory for _, memory in found)})
    ours, peer = names[:2]
    show({f"{ours} beside": peer, "seconds": seconds[ours] / seconds[peer]})


def main():
    options = arguments()
    os.makedirs(options.folder, exist_ok=True)
    path = weights(options)
    nnkit = os.path.join(options.programs, "nnkit")
    model = os.path.join(options.folder, "inspected.nnk")
    run([nnkit, "convert", path, model, "--force"])
    compare(
        ["nnkit inspect", "statistics with NumPy", "nnkit inspect of .nnk", "nnkit inspect --no-statistics"],
        [[nnkit, "inspect", path, "--json"], [sys.executable, os.path.join(HERE, "inspection_peer.py"), path],
         [nnkit, "inspect", model, "--json"], [nnkit, "inspect", path, "--json", "--no-statistics"]],
        options.repeats)
    os.remove(model)
    other = changed(options, path)
    # The models differ, so that diff exits with 1.
    compare(
        ["nnkit diff", "differences with NumPy"],
        [[nnkit, "diff", path, other, "--json"], [sys.executable, os.path.join(HERE, "difference_peer.py"), path, other]],
        options.repeats, [1, 0])


if __name__ == "__main__":
    main()
