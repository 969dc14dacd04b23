"""Losses, gradients and predictions of small networks by PyTorch, for OracleTests.swift.

    pip install torch numpy
    python Tests/Oracles/layers.py > Tests/Oracles/layers.json

Inputs, parameters and targets follow from `numbers`. The tests know the networks by their names here.
"""
import math

import torch
from torch import nn

from common import numbers, text

torch.set_default_dtype(torch.float64)


class Conv(nn.Conv2d):
    kind = "conv"


class Dense(nn.Module):
    """x·W + b with W[inputs, outputs]."""
    kind = "affine"

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(inputs, outputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x):
        return x.flatten(1) @ self.weight + self.bias


class Norm1(nn.BatchNorm1d):
    kind = "batchnorm"


class Norm2(nn.BatchNorm2d):
    kind = "batchnorm"


ROWS = 3
# Name, the shape that PyTorch sees, modules in front of the loss, loss.
CASES = [
    ("convolution", [2, 5, 4], lambda: [Conv(2, 3, 3, 2, 1)], "squared-error"),
    ("convolution of one channel", [1, 4, 5], lambda: [Conv(1, 2, 2)], "squared-error"),
    ("convolution of single places", [3, 2, 3], lambda: [Conv(3, 2, 1)], "squared-error"),
    ("maximum pooling", [2, 5, 4], lambda: [nn.MaxPool2d(2)], "squared-error"),
    ("wide maximum pooling", [1, 3, 12], lambda: [nn.MaxPool2d(2)], "squared-error"),
    ("overlapping maximum pooling", [1, 7, 6], lambda: [nn.MaxPool2d(3, 2)], "squared-error"),
    ("average pooling", [2, 5, 4], lambda: [nn.AvgPool2d(2)], "squared-error"),
    ("overlapping average pooling", [1, 7, 6], lambda: [nn.AvgPool2d(3, 2)], "squared-error"),
    ("batch normalisation of channels", [2, 3, 2], lambda: [Norm2(2)], "squared-error"),
    ("batch normalisation of values", [4], lambda: [Norm1(4, eps=0.01, momentum=0.25)], "squared-error"),
    ("leaky rectifier", [7], lambda: [nn.LeakyReLU(0.125)], "squared-error"),
    ("gelu", [7], lambda: [nn.GELU()], "squared-error"),
    ("silu", [7], lambda: [nn.SiLU()], "squared-error"),
    ("elu", [7], lambda: [nn.ELU()], "squared-error"),
    ("elu with its own alpha", [7], lambda: [nn.ELU(0.75)], "squared-error"),
    ("softplus", [7], lambda: [nn.Softplus()], "squared-error"),
    ("binary cross-entropy of one output", [4], lambda: [Dense(4, 1)], "binary-cross-entropy"),
    ("binary cross-entropy of several outputs", [4], lambda: [Dense(4, 3)], "binary-cross-entropy"),
    ("all together", [2, 4, 4],
     lambda: [Conv(2, 2, 3, 1, 1), Norm2(2), nn.GELU(), nn.MaxPool2d(2), Dense(8, 3)], "cross-entropy"),
]


def run(shape, make, loss_name):
    net = nn.Sequential(*make())
    named = {}
    for module in net:
        for role, value in list(module.named_parameters()):
            count = value.numel()
            value.data = torch.tensor(numbers(count, len(named) + 1, 64)).reshape(value.shape)
            named[f"{module.kind}1.{role}"] = value
    count = ROWS * math.prod(shape)
    x = torch.tensor(numbers(count, 0, 32), requires_grad=True)
    y = net.train()(x.reshape(ROWS, *shape)).flatten(1)
    if loss_name == "squared-error":
        target = torch.tensor(numbers(y.numel(), 7, 32)).reshape(y.shape)
        loss = 0.5 * ((y - target) ** 2).sum() / ROWS
    elif loss_name == "binary-cross-entropy":
        target = torch.tensor([(v + 50 / 32) / (100 / 32) for v in numbers(y.numel(), 7, 32)]).reshape(y.shape)
        loss = nn.functional.binary_cross_entropy_with_logits(y, target, reduction="sum") / ROWS
    else:
        loss = nn.functional.cross_entropy(y, torch.tensor([i % y.shape[1] for i in range(ROWS)]))
    loss.backward()
    values = {"loss": [loss.item()], "inputs": x.grad.tolist()}
    for key, value in named.items():
        values[key] = value.grad.flatten().tolist()
    for module in net:
        if isinstance(module, (Norm1, Norm2)):
            values["batchnorm1.running_mean"] = module.running_mean.tolist()
            values["batchnorm1.running_variance"] = module.running_var.tolist()
    # In inference, with the running statistics that training left.
    output = net.eval()(x.detach().reshape(ROWS, *shape)).flatten(1)
    if loss_name == "binary-cross-entropy":
        output = torch.sigmoid(output)
    if loss_name == "cross-entropy":
        output = torch.softmax(output, 1)
    values["predictions"] = output.flatten().tolist()
    return values


print(text({name: run(*case) for name, *case in CASES}))
