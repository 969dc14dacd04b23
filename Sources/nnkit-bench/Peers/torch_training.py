"""A network in PyTorch, trained on tensors that are in memory, without a loader between."""

import re

import torch
from torch import nn


def dense(outputs):
    return [nn.Flatten(), nn.LazyLinear(outputs)]


def convolution(filters, kernel_size, stride=1, padding=0):
    return [nn.LazyConv2d(filters, kernel_size, stride, padding)]


def maximum_pooling(size, stride=None):
    return [nn.MaxPool2d(size, stride)]


def average_pooling(size, stride=None):
    return [nn.AvgPool2d(size, stride)]


def dropout(rate):
    return [nn.Dropout(rate)]


def leaky_relu(slope=0.01):
    return [nn.LeakyReLU(slope)]


def batch_normalization(momentum=0.1, epsilon=1e-5):
    return [BatchNormalization(momentum, epsilon)]


class BatchNormalization(nn.Module):
    """For each channel of images, for each value of anything flat."""

    def __init__(self, momentum, epsilon):
        super().__init__()
        self.images, self.values = (kind(epsilon, momentum) for kind in (nn.LazyBatchNorm2d, nn.LazyBatchNorm1d))

    def forward(self, inputs):
        return (self.images if inputs.ndim == 4 else self.values)(inputs)


WORDS = {
    "dense": dense, "affine": dense, "conv": convolution, "maxpool": maximum_pooling, "averagepool": average_pooling,
    "dropout": dropout, "batchnorm": batch_normalization, "leakyrelu": leaky_relu, "flatten": lambda: [nn.Flatten()],
    "relu": lambda: [nn.ReLU()], "gelu": lambda: [nn.GELU()], "sigmoid": lambda: [nn.Sigmoid()],
    "tanh": lambda: [nn.Tanh()], "identity": lambda: [nn.Identity()],
}


def number(text):
    return int(text) if re.fullmatch(r"\d+", text) else float(text)


def modules(text):
    """The modules for layers in nnkit's words. nnkit has read the same text, and found it right."""
    made = []
    for name, arguments in re.findall(r"(\w+)(?:\(([^)]*)\))?", text):
        by_place, by_name = [], {}
        for argument in filter(None, (part.strip() for part in (arguments or "").split(","))):
            key, equals, value = argument.rpartition("=")
            if equals:
                by_name[key.strip()] = number(value.strip())
            else:
                by_place.append(number(argument))
        if name == "softmax":
            continue  # The loss has it inside.
        if name not in WORDS:
            raise ValueError(f"there is no layer {name} here")
        made += WORDS[name](*by_place, **by_name)
    return made


class TorchTraining:
    tool = f"PyTorch {torch.__version__}"

    def __init__(self, data, options):
        torch.manual_seed(1)
        torch.set_num_threads(options.threads)
        self.inputs, self.labels = self.tensor(data[0]), torch.from_numpy(data[1])
        self.batch_size = options.batch_size
        text = options.network or f" {options.activation} ".join(
            f"dense({width})" for width in options.arch.split("-")[1:])
        self.network = nn.Sequential(*modules(text))
        with torch.no_grad():
            self.network.eval()(self.inputs[:2])  # Lazy modules take their shapes from the first input.
        self.network.train()
        self.loss = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=options.learning_rate)

    @staticmethod
    def tensor(images):
        """Images with one channel."""
        return torch.from_numpy(images).unsqueeze(1)

    def run_epoch(self):
        for rows in torch.randperm(len(self.inputs)).split(self.batch_size):
            self.optimizer.zero_grad()
            self.loss(self.network(self.inputs[rows]), self.labels[rows]).backward()
            self.optimizer.step()

    def accuracy(self, images, labels):
        with torch.inference_mode():
            outputs = self.network.eval()(self.tensor(images))
        self.network.train()
        return float((outputs.argmax(1) == torch.from_numpy(labels)).float().mean())
