"""Runs nnkit-bench and its peers on the same tensors, each in a process of its own, one after another."""

import argparse
import json
import os
import sys

from processes import run, show

HERE = os.path.dirname(os.path.abspath(__file__))
SCRATCH = os.path.normpath(os.path.join(HERE, "../../../.build/peers"))
PEERS = ["savez_compressed", "safetensors", "hdf5", "torch", "zipnn", "zipnn-all-threads"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, prog="compare-formats.sh")
    parser.add_argument("weights", nargs="?", help="a .safetensors file of 32-bit weights; made when not given")
    parser.add_argument("--megabytes", type=int, default=403, help="the size of the weights that are made")
    parser.add_argument("--folder", default=SCRATCH, help="where files are written (default: .build/peers)")
    parser.add_argument("--repeats", type=int, default=3, help="how often everything is run; the best time counts")
    parser.add_argument("--peers", default=",".join(PEERS), help="which peers to run (default: %(default)s)")
    parser.add_argument("--programs", required=True, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    for name in chosen.peers.split(","):
        if name not in PEERS:
            parser.error(f"there is no peer {name}; the peers are {', '.join(PEERS)}")
    if chosen.repeats < 1 or chosen.megabytes < 1:
        parser.error("--repeats and --megabytes must be at least 1")
    return chosen


def compare_formats(options, weights):
    ours = json.loads(run([os.path.join(options.programs, "nnkit-bench"), "format", weights, "--folder",
                           options.folder, "--repeats", str(options.repeats)])[0])
    alone = ours.pop("one_thread")
    show(ours)
    show({"tool": "nnkit, one thread", **alone})
    comparisons = []
    for name in filter(None, options.peers.split(",")):
        peer = json.loads(run([sys.executable, "-W", "ignore", os.path.join(HERE, "format_peer.py"), name, weights,
                               "--folder", options.folder, "--repeats", str(options.repeats)])[0])
        show(peer)
        comparisons.append({"nnkit beside": peer["tool"], "size": ours["ratio"] / peer["ratio"],
                            "save": ours["save_MB_per_s"] / peer["save_MB_per_s"],
                            "load": ours["load_MB_per_s"] / peer["load_MB_per_s"]})
    return comparisons


def compare_streaming(options, weights):
    """Whole processes that hold no more of a model than they need: seconds and MiB at the peak, best of all repeats."""
    program = os.path.join(options.programs, "nnkit")
    model = os.path.join(options.folder, "streamed.nnk")
    works = {
        "nnkit convert": [program, "convert", weights, model, "--force"],
        "nnkit verify": [program, "verify", model],
        "nnkit inspect": [program, "inspect", model, "--json"],
        "nnkit inspect --no-statistics": [program, "inspect", model, "--json", "--no-statistics"],
        "nnkit diff": [program, "diff", model, weights],
        "statistics with NumPy": [sys.executable, os.path.join(HERE, "inspection_peer.py"), weights],
    }
    seconds = {}
    for name, command in works.items():
        runs = [run(command)[1:] for _ in range(options.repeats)]
        seconds[name] = min(time for time, _ in runs)
        show({"process": name, "seconds": seconds[name], "peak_MiB": max(memory for _, memory in runs)})
    os.remove(model)
    return {"nnkit beside": "statistics with NumPy",
            "seconds": seconds["nnkit inspect"] / seconds["statistics with NumPy"]}


def main():
    options = arguments()
    os.makedirs(options.folder, exist_ok=True)
    weights = options.weights
    if weights is None:
        weights = os.path.join(options.folder, f"weights-{options.megabytes}.safetensors")
        if not os.path.exists(weights):
            run([sys.executable, os.path.join(HERE, "make_weights.py"), weights, str(options.megabytes)])
    comparisons = compare_formats(options, weights)
    comparisons.append(compare_streaming(options, weights))
    for comparison in comparisons:
        show(comparison)


if __name__ == "__main__":
    main()
