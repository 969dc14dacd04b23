"""The images and labels of a folder of IDX files, as arrays in memory."""

import gzip
import os

import numpy as np


def load(folder):
    """(training images, labels), (test images, labels): float32 in 0...1 of the shape [count, height, width], int64."""
    return tuple((read(folder, images).astype(np.float32) / 255, read(folder, labels).astype(np.int64))
                 for images, labels in [(["train-images"], ["train-labels"]),
                                        (["t10k-images", "test-images"], ["t10k-labels", "test-labels"])])


def read(folder, prefixes):
    names = sorted(name for name in os.listdir(folder) if name.startswith(tuple(prefixes)))
    if not names:
        raise SystemExit(f"{folder} has no file named {'* or '.join(prefixes)}*")
    path = os.path.join(folder, names[0])
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        content = file.read()
    # Two zeros, the type (8: unsigned bytes), the number of dimensions; then each dimension in four bytes.
    if content[:3] != b"\0\0\x08":
        raise SystemExit(f"{path} is no IDX file of unsigned bytes")
    rank = content[3]
    shape = np.frombuffer(content, ">u4", rank, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * rank).reshape(shape)
