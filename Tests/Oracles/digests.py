"""Digests of models, computed from the prose of specs/digest.md with nothing but hashlib and struct.

    python Tests/Oracles/digests.py > Tests/Oracles/digests.json
"""
import hashlib
import struct

from common import text

PIECE = 1 << 20


def sha256(message):
    return hashlib.sha256(message).digest()


def tree(pieces):
    """RFC 9162, section 2.1.1, as it is written there: by recursion."""
    if not pieces:
        return sha256(b"")
    if len(pieces) == 1:
        return sha256(b"\x00" + pieces[0])
    split = 1
    while split * 2 < len(pieces):
        split *= 2
    return sha256(b"\x01" + tree(pieces[:split]) + tree(pieces[split:]))


def domain(name):
    return name.encode().ljust(16, b"\x00")


def root(values):
    return tree([values[start:start + PIECE] for start in range(0, len(values), PIECE)])


def tensor_digest(name, type_name, shape, values):
    message = domain("nnkit tensor 1")
    for word in (name.encode(), type_name.encode()):
        message += struct.pack("<Q", len(word)) + word
    message += struct.pack("<Q", len(shape)) + b"".join(struct.pack("<Q", side) for side in shape)
    return sha256(message + struct.pack("<Q", len(values)) + root(values))


def head(major, argument):
    if argument < 24:
        return bytes([major << 5 | argument])
    for size, code in ((1, 24), (2, 25), (4, 26), (8, 27)):
        if argument < 1 << (8 * size):
            return bytes([major << 5 | code]) + argument.to_bytes(size, "big")
    raise ValueError(argument)


def cbor(value):
    """The structured values of specs/format.md, section 6."""
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(cbor(element) for element in value)
    fields = sorted((len(name.encode()), name.encode(), name) for name in value)
    return head(5, len(value)) + b"".join(cbor(name) + cbor(value[name]) for _, _, name in fields)


def digests(tensors, topology=None, metadata=None):
    found = sorted((name.encode(), name, tensor_digest(name, *rest)) for name, *rest in tensors)
    weights = sha256(
        domain("nnkit tensors 1") + struct.pack("<Q", len(found)) + b"".join(digest for _, _, digest in found))
    structure = sha256(domain("nnkit topology 1") + (cbor(topology) if topology is not None else b""))
    described = sha256(domain("nnkit metadata 1") + cbor(metadata or {}))
    return {
        "names": [name for _, name, _ in found],
        "each": [digest.hex() for _, _, digest in found],
        "tensors": weights.hex(),
        "topology": sha256(domain("nnkit model 1") + weights + structure + bytes(32)).hex(),
        "metadata": sha256(domain("nnkit model 1") + weights + structure + described).hex(),
    }


def filled(size):
    """What the tests fill tensors with."""
    block = bytes((i * 31 + (i >> 8) * 7 + 3) & 255 for i in range(1 << 16))
    return (block * (size // len(block) + 1))[:size]


FLOATS = struct.pack("<6I", 0x3F800000, 0x80000000, 0x7FC00001, 0xFFA00000, 0x7F800000, 0x00000001)
TENSORS = [
    ("layer.weight", "f32", [2, 3], FLOATS),
    ("layer.bias", "f64", [2], struct.pack("<2d", -1.5, 1e300)),
    ("layer", "bool", [2, 2], bytes([0, 1, 1, 0])),
    ("scalar", "i64", [], struct.pack("<q", -2)),
    ("none", "bf16", [0, 7], b""),
    ("caf\u00e9", "u8", [1], b"\x01"),
    ("cafe\u0301", "u8", [1], b"\x02"),
]
TOPOLOGY = {
    "input_shape": [2],
    "preprocessing": {"scale": 0.25, "offset": -0.0},
    "layers": [{
        "kind": "affine", "name": "layer", "output_shape": [3], "attributes": {"outputs": 3, "own": [True, 1.5, "x"]},
        "parameters": [{"role": "weight", "tensor": "layer.weight"}],
    }],
    "loss": "squared-error",
    "class_names": ["no", "yes", "caf\u00e9"],
}
METADATA = {"generator": "an oracle", "training.epochs": 300, "data.rate": 0.1, "list": [-1, 70000, [False]]}
SIZES = [PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5, 5 * PIECE, 7 * PIECE + 1]

print(text({
    "empty": digests([]),
    "whole": digests(TENSORS, TOPOLOGY, METADATA),
    "bare": digests(TENSORS),
    "encoded": digests([("blocks", "q4_0", [4, 32], filled(4 * 18))]),
    "sizes": SIZES,
    "pieces": [digests([("t", "u8", [size], filled(size))])["tensors"] for size in SIZES],
    "trees": [tree([bytes([i]) * i for i in range(count)]).hex() for count in range(18)],
}))
