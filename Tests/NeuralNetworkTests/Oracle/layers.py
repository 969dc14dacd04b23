"""Losses, gradients and predictions of small networks by PyTorch, as constants for OracleTests.swift.

    pip install torch numpy
    python Tests/NeuralNetworkTests/Oracle/layers.py > Tests/NeuralNetworkTests/Layers/OracleValues.swift

Inputs, parameters and targets follow from `numbers`, which the tests repeat: all are exact in binary.
"""
import math

import torch
from torch import nn

torch.set_default_dtype(torch.float64)


def numbers(count, salt, scale):
    return [((i * 37 + salt * 53 + 11) % 101 - 50) / scale for i in range(count)]


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
# Name, text, input shape, the shape that PyTorch sees, modules in front of the loss, loss.
CASES = [
    ("convolution", "conv(3,3,stride=2,padding=1)", [2, 5, 4], [2, 5, 4],
     lambda: [Conv(2, 3, 3, 2, 1)], "squared-error"),
    ("convolution of one channel", "conv(2,2)", [4, 5], [1, 4, 5], lambda: [Conv(1, 2, 2)], "squared-error"),
    ("convolution of single places", "conv(2,1)", [3, 2, 3], [3, 2, 3], lambda: [Conv(3, 2, 1)], "squared-error"),
    ("maximum pooling", "maxpool(2)", [2, 5, 4], [2, 5, 4], lambda: [nn.MaxPool2d(2)], "squared-error"),
    ("wide maximum pooling", "maxpool(2)", [3, 12], [1, 3, 12], lambda: [nn.MaxPool2d(2)], "squared-error"),
    ("overlapping maximum pooling", "maxpool(3,stride=2)", [7, 6], [1, 7, 6],
     lambda: [nn.MaxPool2d(3, 2)], "squared-error"),
    ("average pooling", "averagepool(2)", [2, 5, 4], [2, 5, 4], lambda: [nn.AvgPool2d(2)], "squared-error"),
    ("overlapping average pooling", "averagepool(3,stride=2)", [7, 6], [1, 7, 6],
     lambda: [nn.AvgPool2d(3, 2)], "squared-error"),
    ("batch normalisation of channels", "batchnorm", [2, 3, 2], [2, 3, 2], lambda: [Norm2(2)], "squared-error"),
    ("batch normalisation of values", "batchnorm(momentum=0.25,epsilon=0.01)", [4], [4],
     lambda: [Norm1(4, eps=0.01, momentum=0.25)], "squared-error"),
    ("leaky rectifier", "leakyrelu(0.125)", [7], [7], lambda: [nn.LeakyReLU(0.125)], "squared-error"),
    ("gelu", "gelu", [7], [7], lambda: [nn.GELU()], "squared-error"),
    ("binary cross-entropy of one output", "dense(1) sigmoid", [4], [4],
     lambda: [Dense(4, 1)], "binary-cross-entropy"),
    ("binary cross-entropy of several outputs", "dense(3) sigmoid", [4], [4],
     lambda: [Dense(4, 3)], "binary-cross-entropy"),
    ("all together", "conv(2,3,padding=1) batchnorm gelu maxpool(2) flatten dense(3) softmax", [2, 4, 4], [2, 4, 4],
     lambda: [Conv(2, 2, 3, 1, 1), Norm2(2), nn.GELU(), nn.MaxPool2d(2), Dense(8, 3)], "cross-entropy"),
]


def run(case):
    name, text, _, shape, make, loss_name = case
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


print("""// Made by Oracle/layers.py with PyTorch. Do not edit.

/// What PyTorch computes for a network.
struct OracleCase: Sendable {
  let name: String
  let network: String
  let inputShape: [Int]
  let loss: String
  /// The loss, its gradients by name, the running statistics behind one step, and the predictions with them.
  let values: [String: [Double]]
}

enum Oracle {
  static let rows = 3
  static let cases: [OracleCase] = [""")
for case in CASES:
    values = run(case)
    print(f'    OracleCase(\n      name: "{case[0]}", network: "{case[1]}", inputShape: {case[2]}, loss: "{case[5]}",'
          f"\n      values: [")
    for key, numbers_of_key in values.items():
        print(f'        "{key}": [\n          ' + ", ".join(repr(v) for v in numbers_of_key) + "\n        ],")
    print("      ]),")
print("  ]\n}")
