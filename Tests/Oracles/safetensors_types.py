"""Every element type of safetensors: files of the library, and the numbers of 8-bit types, by ml_dtypes.

    pip install numpy ml_dtypes safetensors
    python Tests/Oracles/safetensors_types.py > Tests/Oracles/safetensors_types.json
"""
import ml_dtypes
import numpy as np
from safetensors import TensorSpec, deserialize, serialize

from common import text

# The names of types when the library writes, their names in files, and the size of an element in bits. It reads the
# types of six bits, and has no way to write them.
TYPES = [
    ("bool", "BOOL", 8), ("float4_e2m1fn_x2", "F4", 4), (None, "F6_E2M3", 6), (None, "F6_E3M2", 6),
    ("uint8", "U8", 8), ("int8", "I8", 8), ("float8_e5m2", "F8_E5M2", 8), ("float8_e4m3fn", "F8_E4M3", 8),
    ("float8_e8m0fnu", "F8_E8M0", 8), ("float8_e4m3fnuz", "F8_E4M3FNUZ", 8), ("float8_e5m2fnuz", "F8_E5M2FNUZ", 8),
    ("int16", "I16", 16), ("uint16", "U16", 16), ("float16", "F16", 16), ("bfloat16", "BF16", 16),
    ("int32", "I32", 32), ("uint32", "U32", 32), ("float32", "F32", 32), ("complex64", "C64", 64),
    ("float64", "F64", 64), ("int64", "I64", 64), ("uint64", "U64", 64),
]


def data(label, bits, number):
    """Two by four elements take as many bytes as one has bits."""
    return bytes((number * 17 + place * 5) % (2 if label == "BOOL" else 251) for place in range(bits))


def written():
    """A file with a tensor of each type that the library writes, given to it in another order than its own."""
    specs, values = {}, {}
    for number, (name, label, bits) in enumerate(reversed(TYPES)):
        if name is None:
            continue
        array = np.frombuffer(data(label, bits, number), dtype=np.uint8)
        values[label] = array
        # An element of this type is two of the file.
        shape = [2, 2] if name.endswith("_x2") else [2, 4]
        specs[label.lower()] = TensorSpec(dtype=name, shape=shape, data_ptr=array.ctypes.data, data_len=array.nbytes)
    return serialize(specs, {"format": "test"}), {label: array.tobytes().hex() for label, array in values.items()}


def read(label, bits, shape):
    """A file with one tensor, by hand, which the library takes or does not."""
    count = int(np.prod(shape))
    size = count * bits // 8
    header = '{"t":{"dtype":"%s","shape":%s,"data_offsets":[0,%d]}}' % (label, list(shape), size)
    content = len(header).to_bytes(8, "little") + header.encode() + bytes(range(size))
    try:
        (name, tensor), = deserialize(content)
        assert name == "t" and tensor["dtype"] == label and bytes(tensor["data"]) == bytes(range(size))
        return {"file": content.hex(), "accepted": True}
    except Exception:
        return {"file": content.hex(), "accepted": False}


def numbers(name):
    values = np.arange(256, dtype=np.uint8).view(getattr(ml_dtypes, name)).astype(np.float32)
    return [-1 if np.isnan(value) else int(value.view(np.uint32)) for value in values]


content, values = written()
shapes = [(1,), (2,), (3,), (4,), (2, 2), (8,), (3, 4), (0,), ()]
print(text({
    "types": [label for _, label, _ in TYPES],
    "written": content.hex(),
    "values": values,
    "read": [read(label, bits, shape) for name, label, bits in TYPES if bits < 8 for shape in shapes],
    "numbers": {
        "f8_e4m3": numbers("float8_e4m3fn"), "f8_e5m2": numbers("float8_e5m2"), "f8_e8m0": numbers("float8_e8m0fnu"),
        "f8_e4m3fnuz": numbers("float8_e4m3fnuz"), "f8_e5m2fnuz": numbers("float8_e5m2fnuz"),
    },
}))
