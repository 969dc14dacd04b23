"""The loss of the first 600 mini-batches by PyTorch, from the initial weights that the Swift tests wrote.

    pip install torch numpy
    export NNKIT_LOSS_CURVE_OUTPUT=/tmp/curve      # an empty folder
    swift test --filter LossCurveTests             # writes weights.f32 and our own losses there
    python Tests/Oracles/loss_curve.py /tmp/curve samples/digits \
        > Tests/Oracles/loss_curve.json

Our own losses are compared on the way; the deviations go to stderr. With NNKIT_LOSS_CURVE_DATA set to another folder of
IDX files, such as MNIST's, both sides use that.
"""
import gzip
import pathlib
import sys

import numpy as np
import torch
from torch import nn, optim

from common import text

STEPS, BATCH = 600, 100
OPTIMIZERS = [
    ("sgd", lambda p: optim.SGD(p, lr=0.5)),
    ("momentum", lambda p: optim.SGD(p, lr=0.05, momentum=0.9)),
    ("adam", lambda p: optim.Adam(p, lr=0.005)),
]


def idx(path):
    data = gzip.open(path).read()
    shape = np.frombuffer(data, ">u4", data[3], 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(shape)


def parameters(path, inputs, outputs):
    """W1[inputs, hidden], b1, W2[hidden, outputs], b2, one behind another."""
    values = np.fromfile(path, "<f4")
    hidden = (values.size - outputs) // (inputs + 1 + outputs)
    result, start = [], 0
    for shape in [(inputs, hidden), (hidden,), (hidden, outputs), (outputs,)]:
        count = int(np.prod(shape))
        result.append(torch.tensor(values[start:start + count].reshape(shape)).requires_grad_())
        start += count
    assert start == values.size
    return result


def curve(make, path, x, labels):
    w1, b1, w2, b2 = values = parameters(path, x.shape[1], 10)
    optimizer = make(values)
    losses, start = [], 0
    for _ in range(STEPS):
        rows = slice(start, min(start + BATCH, len(x)))
        start = 0 if rows.stop == len(x) else rows.stop
        loss = nn.functional.cross_entropy(torch.sigmoid(x[rows] @ w1 + b1) @ w2 + b2, labels[rows])
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


folder, data = map(pathlib.Path, sys.argv[1:])
images = idx(data / "train-images-idx3-ubyte.gz")
x = torch.tensor(images.reshape(len(images), -1).astype(np.float32) / np.float32(255))
labels = torch.tensor(idx(data / "train-labels-idx1-ubyte.gz").astype(np.int64))
curves = {}
for name, make in OPTIMIZERS:
    losses = curve(make, folder / "weights.f32", x, labels)
    ours = np.loadtxt(folder / f"{name}.txt")
    deviation = np.abs(ours - losses) / np.abs(losses)
    print(f"{name}: from {losses[0]:.4f} to {losses[-1]:.4f}, largest relative deviation {deviation.max():.2e} "
          f"in mini-batch {deviation.argmax()}", file=sys.stderr)
    curves[name] = [float(f"{loss:.7g}") for loss in losses]
print(text(curves))
