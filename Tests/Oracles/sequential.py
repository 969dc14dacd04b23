"""State dicts of PyTorch's sequential networks and what these predict, for SequentialOracleTests.swift.

    pip install torch numpy safetensors
    python Tests/Oracles/sequential.py > Tests/Oracles/sequential.json

Running statistics are those of one training step, so that normalisation does something.
"""
import base64
import io
import json

import safetensors.torch
import torch
from torch import nn

torch.manual_seed(5)

CASES = {
    "convolutions": (
        "conv(4,3,padding=1) batchnorm relu maxpool(2) conv(3,2,stride=2) leakyrelu(0.2) averagepool(2,stride=1) flatten "
        "dense(7) dropout(0.5) gelu dense(3) softmax",
        [2, 9, 9],
        lambda: nn.Sequential(
            nn.Conv2d(2, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 3, 2, stride=2),
            nn.LeakyReLU(0.2), nn.AvgPool2d(2, stride=1), nn.Flatten(), nn.Linear(3, 7), nn.Dropout(0.5), nn.GELU(),
            nn.Linear(7, 3), nn.Softmax(dim=1))),
    "dense": (
        "dense(6) batchnorm silu dense(5) elu(0.5) dense(5) softplus dense(4) tanh dense(2) sigmoid",
        [5],
        lambda: nn.Sequential(
            nn.Linear(5, 6), nn.BatchNorm1d(6), nn.SiLU(), nn.Linear(6, 5), nn.ELU(0.5), nn.Linear(5, 5), nn.Softplus(),
            nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 2), nn.Sigmoid())),
    "without biases": (
        "conv(2,3) batchnorm relu flatten dense(3)",
        [1, 5, 5],
        lambda: nn.Sequential(
            nn.Conv2d(1, 2, 3, bias=False), nn.BatchNorm2d(2, affine=False), nn.ReLU(), nn.Flatten(),
            nn.Linear(18, 3, bias=False))),
}


class Named(nn.Module):
    """Names that say nothing of the order, as people give them."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 2, 3)
        self.body = nn.Linear(2 * 4 * 4, 5)
        self.head = nn.Linear(5, 3)

    def forward(self, x):
        return self.head(torch.relu(self.body(torch.relu(self.stem(x)).flatten(1))))


CASES["names in no order"] = ("conv(2,3) relu flatten dense(5) relu dense(3)", [1, 6, 6], Named)


def case(network, shape, make):
    model = make()
    model.train()
    model(torch.randn(16, *shape))
    model.eval()
    inputs = torch.randn(4, *shape)
    with torch.no_grad():
        outputs = model(inputs)
    legacy = io.BytesIO()
    state = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    torch.save(state, legacy)
    return {
        "network": network,
        "input_shape": shape,
        "inputs": [float(x) for x in inputs.flatten()],
        "outputs": [float(x) for x in outputs.flatten()],
        "safetensors": base64.b64encode(safetensors.torch.save(state)).decode(),
        "torch": base64.b64encode(legacy.getvalue()).decode(),
    }


print(json.dumps({name: case(*parts) for name, parts in CASES.items()}, indent=1))
