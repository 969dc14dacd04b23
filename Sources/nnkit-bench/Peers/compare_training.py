"""Trains the same network with nnkit and its peers, each in a process of its own, one after another."""

import argparse
import json
import os
import sys
import tempfile

from processes import run, show

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = ["numpy", "torch", "sklearn"]
FIRST_COMMAND, LAST_COMMAND = "nnkit-bench train", "nnkit train"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, prog="compare-training.sh")
    parser.add_argument("data", help="a folder of IDX files: train-images*, train-labels*, t10k-* or test-*")
    parser.add_argument("--arch", help="widths from input to output (default: 784-50-10)")
    parser.add_argument("--activation", choices=["sigmoid", "relu"], help="(default: sigmoid)")
    parser.add_argument("--network", help='layers in words, instead of --arch: "conv(8,3) relu flatten dense(10)"; '
                        "of the peers, PyTorch alone has these")
    parser.add_argument("--batch-size", type=int, default=100, help="(default: %(default)s)")
    parser.add_argument("--epochs", type=int, default=4, help="(default: %(default)s)")
    parser.add_argument("--learning-rate", type=float, default=0.1, help="(default: %(default)s)")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of each tool (default: one per processor)")
    parser.add_argument("--repeats", type=int, default=3,
                        help="how often all tools take their turn; the best epoch of all counts (default: %(default)s)")
    parser.add_argument("--peers", help=f"which peers to run (default: {','.join(PEERS)}; torch with --network)")
    parser.add_argument("--programs", required=True, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.network and (chosen.arch or chosen.activation):
        parser.error("give either --network, or --arch and --activation, not both")
    if not chosen.network:
        chosen.arch, chosen.activation = chosen.arch or "784-50-10", chosen.activation or "sigmoid"
    able = ["torch"] if chosen.network else PEERS
    chosen.peers = able if chosen.peers is None else [name for name in chosen.peers.split(",") if name]
    for name in chosen.peers:
        if name not in able:
            parser.error(f"there is no peer {name} for this network; the peers are {', '.join(able)}")
    if min(chosen.batch_size, chosen.epochs, chosen.threads, chosen.repeats) < 1:
        parser.error("--batch-size, --epochs, --threads and --repeats must be at least 1")
    return chosen


def commands(options, scratch):
    """What to run, by the name of the tool."""
    if options.network:
        layers = ours = ["--network", options.network]
    else:
        layers = ["--arch", options.arch, "--activation", options.activation]
        hidden = ",".join(options.arch.split("-")[1:-1])
        ours = (["--hidden", hidden] if hidden else []) + ["--activation", options.activation]
    same = ["--batch-size", str(options.batch_size), "--epochs", str(options.epochs), "--learning-rate",
            str(options.learning_rate), "--threads", str(options.threads)]
    works = {FIRST_COMMAND: [os.path.join(options.programs, "nnkit-bench"), "train", options.data, *layers, *same]}
    for name in options.peers:
        works[name] = [sys.executable, "-W", "ignore", os.path.join(HERE, "training_peer.py"), name, options.data,
                       *layers, *same]
    works[LAST_COMMAND] = [os.path.join(options.programs, "nnkit"), "train", options.data, *ours, *same, "--seed", "1",
                           "--json", "--quiet", "--force", "--output", os.path.join(scratch, "trained.nnk")]
    return works


def result(name, output):
    """The report of one run, in the same form for each tool."""
    lines = [json.loads(line) for line in output.splitlines()]
    if name != LAST_COMMAND:
        return lines[-1]
    epochs = [line for line in lines if line["event"] == "epoch"]
    return {"tool": LAST_COMMAND, "seconds_per_epoch": [epoch["seconds"] for epoch in epochs],
            "test_accuracy": epochs[-1].get("test_accuracy")}


def main():
    options = arguments()
    results = {}
    with tempfile.TemporaryDirectory() as scratch:
        works = commands(options, scratch)
        # Turn by turn: whatever else the machine does comes and goes, and should meet all tools alike.
        for _ in range(options.repeats):
            for name, command in works.items():
                results.setdefault(name, []).append(result(name, run(command)[0]))
    best = {}
    for name, runs in results.items():
        best[name] = min(min(run["seconds_per_epoch"]) for run in runs)
        # Of the run with the best epoch, whose fraction of the peak belongs to it.
        fastest = min(runs, key=lambda run: min(run["seconds_per_epoch"]))
        show({**fastest, "seconds_per_epoch": [second for run in runs for second in run["seconds_per_epoch"]],
              "best": best[name]})
    for name in works:
        if name != FIRST_COMMAND:
            show({f"{FIRST_COMMAND} beside": results[name][0]["tool"], "seconds": best[FIRST_COMMAND] / best[name]})


if __name__ == "__main__":
    main()
