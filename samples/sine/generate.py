#!/usr/bin/env python3
"""Write the sine samples: IDX files of numbers x from -pi to pi, and sin x of each.

Needs nothing but the standard library; the same seed gives the same files.
"""

import argparse
import gzip
import math
import pathlib
import random
import struct

FLOAT32 = 0x0D


def write(path, values):
    """An IDX file of one dimension, compressed without a time stamp so that its bytes never change."""
    content = struct.pack(">HBBI", 0, FLOAT32, 1, len(values)) + struct.pack(f">{len(values)}f", *values)
    path.write_bytes(gzip.compress(content, mtime=0))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--training", type=int, default=1000, help="training samples")
    parser.add_argument("--test", type=int, default=200, help="test samples")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    options = parser.parse_args()

    numbers = random.Random(options.seed)
    for name, count in (("train", options.training), ("test", options.test)):
        inputs = [numbers.uniform(-math.pi, math.pi) for _ in range(count)]
        write(options.folder / f"{name}-inputs.gz", inputs)
        write(options.folder / f"{name}-targets.gz", [math.sin(x) for x in inputs])


if __name__ == "__main__":
    main()
