"""Seconds per epoch of training a classifier with one of the peers, as a line of JSON."""

import argparse
import json
import os
import sys
import time


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=["numpy", "torch", "sklearn"])
    parser.add_argument("data", help="a folder of IDX files")
    parser.add_argument("--arch", help="widths from input to output")
    parser.add_argument("--activation", choices=["sigmoid", "relu"])
    parser.add_argument("--network", help="layers in words, instead of --arch; PyTorch only")
    parser.add_argument("--batch-size", type=int, default=100)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--learning-rate", type=float, default=0.1)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    return parser.parse_args()


def main():
    options = arguments()
    # Libraries look at these when they are imported, which is why that happens later.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(options.threads)
    from training_data import load
    if options.peer == "numpy":
        from numpy_training import NumPyTraining as Training
    elif options.peer == "torch":
        from torch_training import TorchTraining as Training
    else:
        from sklearn_training import ScikitLearnTraining as Training
    training, test = load(options.data)
    try:
        work = Training(training, options)
    except ValueError as error:
        sys.exit(f"{options.peer}: {error}")
    seconds = []
    for _ in range(options.epochs):
        start = time.perf_counter()
        work.run_epoch()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"tool": work.tool, "seconds_per_epoch": seconds, "best": min(seconds),
                      "test_accuracy": work.accuracy(*test)}))


if __name__ == "__main__":
    main()
