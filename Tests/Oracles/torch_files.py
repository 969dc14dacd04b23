"""Checkpoints of PyTorch in all forms, and what their tensors hold.

    pip install torch numpy
    python -P Tests/Oracles/torch_files.py > Tests/Oracles/torch_files.json
"""
import argparse
import base64
import collections
import io
import json
import warnings

import numpy as np
import torch

warnings.simplefilter("ignore")
torch.manual_seed(1)

NAMES = {
    torch.float64: "f64", torch.float32: "f32", torch.float16: "f16", torch.bfloat16: "bf16", torch.int64: "i64",
    torch.int32: "i32", torch.int16: "i16", torch.int8: "i8", torch.uint8: "u8", torch.uint16: "u16",
    torch.uint32: "u32", torch.uint64: "u64", torch.bool: "bool", torch.complex32: "c32", torch.complex64: "c64",
    torch.complex128: "c128", torch.float8_e4m3fn: "f8_e4m3", torch.float8_e5m2: "f8_e5m2",
    torch.float8_e4m3fnuz: "f8_e4m3fnuz", torch.float8_e5m2fnuz: "f8_e5m2fnuz", torch.float8_e8m0fnu: "f8_e8m0",
}


def raw(tensor):
    """The elements in row-major order, little-endian."""
    if tensor.is_quantized:
        tensor = tensor.int_repr()
    tensor = tensor.detach().contiguous().reshape(-1)
    if tensor.dtype in (torch.complex32, torch.complex64, torch.complex128):
        tensor = torch.view_as_real(tensor).contiguous().reshape(-1)
    return tensor.view(torch.uint8).numpy().tobytes() if tensor.numel() else b""


def entry(name, tensor):
    kind = str(tensor.dtype).removeprefix("torch.") if tensor.is_quantized else NAMES[tensor.dtype]
    return {"name": name, "type": kind, "shape": list(tensor.shape), "bytes": raw(tensor).hex()}


def case(title, value, tensors, metadata=None, state=None, state_values=None, **options):
    buffer = io.BytesIO()
    torch.save(value, buffer, **options)
    return record(title, buffer.getvalue(), tensors, metadata, state, state_values)


def record(title, content, tensors, metadata=None, state=None, state_values=None):
    return {
        "title": title, "file": base64.b64encode(content).decode(),
        "tensors": [entry(name, tensor) for name, tensor in tensors.items()],
        "metadata": metadata or {}, "state": [entry(name, tensor) for name, tensor in (state or {}).items()],
        "stateValues": state_values,
    }


def both(title, value, tensors, *rest):
    return [
        case(title, value, tensors, *rest),
        case(title + ", older form", value, tensors, *rest, _use_new_zipfile_serialization=False),
    ]


def plain_types():
    values = {}
    for dtype in NAMES:
        bits = torch.arange(0, 6 * dtype.itemsize, dtype=torch.uint8) * 37 + 11
        if dtype is torch.bool:
            values["bool"] = torch.tensor([True, False, True])
        else:
            values[NAMES[dtype]] = bits.view(dtype).reshape(2, 3) if bits.numel() >= 6 else bits.view(dtype)
    return values


def views():
    base = torch.arange(60, dtype=torch.float32)
    grid = base.reshape(3, 4, 5)
    return {
        "base": base, "transposed": grid.permute(2, 0, 1), "slice": grid[1:, ::2, 1:4], "offset": base[7:9],
        "column": grid[:, 1, 3], "repeated": base[3:5].unsqueeze(0).expand(4, 2), "scalar": base[59],
        "empty": base[:0].reshape(0, 7), "windows": base.as_strided((5, 4), (2, 1), 3),
        "diagonal": torch.arange(16, dtype=torch.int16).reshape(4, 4).diagonal(),
        "bytes": torch.arange(24, dtype=torch.uint8).reshape(4, 6).t(),
        "wide": torch.arange(12).to(torch.complex128).reshape(3, 4).t(),
        "halves": torch.arange(12).to(torch.bfloat16).reshape(3, 4).t(),
    }


def network():
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(8, 3))


class Scaled(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = network()
        self.scale = torch.nn.Parameter(torch.tensor([2.0, 3.0]))

    def forward(self, x):
        return self.inner(x) * self.scale[0]


class Custom:
    """A class of the program that saved."""

    def __init__(self):
        self.level = 3
        self.note = "a note"


def training():
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.25)
    model(torch.arange(32, dtype=torch.float32).reshape(2, 1, 4, 4)).sum().backward()
    optimizer.step()
    state = {}
    values = {}
    for index, moments in optimizer.state_dict()["state"].items():
        for name, tensor in moments.items():
            state[f"optimizer.state.{index}.{name}"] = tensor
    group = optimizer.state_dict()["param_groups"][0]
    for name, value in group.items():
        if value is not None:
            values[f"optimizer.param_groups.0.{name}"] = list(value) if isinstance(value, (tuple, list)) else value
    return model, optimizer, state, values


def cases():
    found = []
    model, optimizer, state, values = training()
    weights = dict(model.state_dict())
    # The counter of batches is an integer without dimensions.
    found += both("a state dict", model.state_dict(), weights)
    found += both("every type", plain_types(), plain_types())
    found += both("views that share storages", views(), views())
    beside = {"epoch": 7, "loss": 0.5, "name": "net é", "done": True, "nothing": None, "sizes": [1, 2, 3],
              "arguments": argparse.Namespace(lr=0.25, widths=(4, 5)), "step": np.int64(9), "best": np.float32(0.75),
              "device": torch.device("cuda:1"), "size": torch.Size([2, 3]), "dtype": torch.float16}
    metadata = {"epoch": 7, "loss": 0.5, "name": "net é", "done": True, "sizes": [1, 2, 3], "arguments.lr": 0.25,
                "arguments.widths": [4, 5], "step": 9, "best": 0.75, "device": "cuda:1", "size": [2, 3],
                "dtype": "torch.float16"}
    for key in ["model", "state_dict", "model_state_dict"]:
        found += both(
            f"a checkpoint with {key}", {key: model.state_dict(), "optimizer": optimizer.state_dict(), **beside}, weights,
            metadata, state, values)
    found += both("nested dictionaries",
                  {"encoder": {"layers": [{"w": torch.ones(2)}, {"w": torch.zeros(1)}]}, 3: torch.full((1,), 5.0)},
                  {"encoder.layers.0.w": torch.ones(2), "encoder.layers.1.w": torch.zeros(1),
                   "3": torch.full((1,), 5.0)})
    found += both("a tensor", torch.arange(4), {"tensor": torch.arange(4)})
    found += both("a list of tensors", [torch.ones(1), torch.zeros(2)], {"0": torch.ones(1), "1": torch.zeros(2)})
    tied = torch.nn.Parameter(torch.arange(6, dtype=torch.float32).reshape(2, 3))
    found += both("tied parameters", collections.OrderedDict(a=tied, b=tied, c=tied.t()),
                  {"a": tied, "b": tied, "c": tied.t()})
    quantized = torch.quantize_per_tensor(torch.tensor([[1.0, -2.0], [3.0, 0.5]]), 0.1, 2, torch.qint8)
    unsigned = torch.quantize_per_channel(
        torch.ones(2, 2), torch.tensor([0.1, 0.2]), torch.tensor([0, 1]), 0, torch.quint8)
    found += both("quantised tensors", {"q": quantized, "u": unsigned}, {"q": quantized, "u": unsigned})
    marked = torch.ones(2)
    marked.note = "attribute"
    found += both("a tensor with an attribute", {"w": marked}, {"w": torch.ones(2)})
    found += both("what is not read beside tensors",
                  {"w": torch.ones(2), "custom": Custom(), "sparse": torch.eye(2).to_sparse(), "raw": b"bytes",
                   "call": len, "large": 1 << 80}, {"w": torch.ones(2)},
                  {"custom.level": 3, "custom.note": "a note", "pytorch.not_read": [
                      "sparse: an object of torch._utils._rebuild_sparse_tensor", "raw: bytes", "call: __builtin__.len",
                      "large: an integer"]})
    scaled = Scaled()
    found += both("a whole module", scaled, dict(scaled.state_dict()))
    script = io.BytesIO()
    torch.jit.save(torch.jit.script(scaled), script)
    # TorchScript has its own order.
    found.append(record("TorchScript", script.getvalue(), dict(scaled.state_dict())))
    found.append(case("an empty dictionary", {}, {}))
    for protocol in [3, 4, 5]:
        found.append(case(f"protocol {protocol}", {"w": torch.ones(2), "n": {"b": b"x", "s": {1}}}, {"w": torch.ones(2)},
                          {"n.s": [1], "pytorch.not_read": ["n.b: bytes"]}, pickle_protocol=protocol))
    torch.serialization.set_crc32_options(False)
    found.append(case("without checksums", {"w": torch.arange(100)}, {"w": torch.arange(100)}))
    torch.serialization.set_crc32_options(True)
    return found


print(json.dumps(cases(), indent=0, ensure_ascii=False))
