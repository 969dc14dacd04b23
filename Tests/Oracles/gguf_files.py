"""GGUF files of the gguf package, and the numbers of all types that it turns into such.

    pip install numpy gguf
    python Tests/Oracles/gguf_files.py > Tests/Oracles/gguf_files.json
"""
import os
import struct
import tempfile

import numpy as np
from gguf import GGMLQuantizationType, GGUFEndian, GGUFReader, GGUFValueType, GGUFWriter
from gguf.constants import GGML_QUANT_SIZES
from gguf.quants import dequantize

from common import text

random = np.random.default_rng(1)
WITH_NUMBERS = ["Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "TQ1_0", "TQ2_0",
                "MXFP4", "IQ4_NL", "IQ4_XS"]
PLAIN = {"F32": np.float32, "F16": np.float16, "F64": np.float64, "I8": np.int8, "I16": np.int16, "I32": np.int32,
         "I64": np.int64}


def content(fill, endianess=GGUFEndian.LITTLE):
    """The bytes of a file that `fill` describes."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.gguf")
        writer = GGUFWriter(path, "test", endianess=endianess)
        fill(writer)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        with open(path, "rb") as file:
            return file.read()


def blocks(name):
    """Blocks of any bits: two of finite numbers, and one that may hold anything."""
    kind = GGMLQuantizationType[name]
    count, size = GGML_QUANT_SIZES[kind]
    found = []
    while len(found) < 2:
        block = random.integers(0, 256, size=size, dtype=np.uint8)
        with np.errstate(all="ignore"):
            if np.isfinite(dequantize(block.reshape(1, size), kind)).all():
                found.append(block)
    found.append(random.integers(0, 256, size=size, dtype=np.uint8))
    data = np.concatenate(found).reshape(1, 3 * size)
    with np.errstate(all="ignore"):
        numbers = dequantize(data, kind)
    return {"number": int(kind), "blocks": data.tobytes().hex(), "numbers": numbers.astype("<f4").tobytes().hex()}


def metadata(writer):
    """One of each type, arrays of several, and one too long to keep."""
    writer.add_uint8("t.uint8", 200)
    writer.add_int8("t.int8", -100)
    writer.add_uint16("t.uint16", 60000)
    writer.add_int16("t.int16", -30000)
    writer.add_uint32("t.uint32", 4000000000)
    writer.add_int32("t.int32", -2000000000)
    writer.add_float32("t.float32", 0.1)
    writer.add_bool("t.bool", True)
    writer.add_string("t.string", "caf\u00e9 \U0001f9e0")
    writer.add_uint64("t.uint64", 2**64 - 1)
    writer.add_int64("t.int64", -2**62)
    writer.add_float64("t.float64", 0.1)
    writer.add_array("t.integers", [1, 2, 3])
    writer.add_array("t.strings", ["a", "", "c"])
    writer.add_array("t.numbers", [0.5, -1.5])
    writer.add_array("t.booleans", [True, False])
    writer.add_array("t.words", [f"word {index}" for index in range(65)])
    writer.add_array("t.long", list(range(100)))


def plain(writer):
    for number, (name, kind) in enumerate(PLAIN.items()):
        values = (np.arange(6) * (number + 1) - 7).reshape(2, 3).astype(kind)
        writer.add_tensor("plain." + name, values, raw_dtype=GGMLQuantizationType[name])
    writer.add_tensor("plain.BF16", np.array([[1.0, -2.0]], np.float32).view(np.uint16)[:, 1::2].copy().view(np.uint8),
                      raw_shape=(1, 4), raw_dtype=GGMLQuantizationType.BF16)
    writer.add_tensor("cube", np.arange(24, dtype=np.float32).reshape(2, 3, 4))
    for name in ("Q8_0", "Q4_K"):
        size = GGML_QUANT_SIZES[GGMLQuantizationType[name]][1]
        data = np.frombuffer(bytes((place * 7) % 60 for place in range(2 * size)), np.uint8).reshape(2, size)
        writer.add_tensor("blocks." + name, data, raw_dtype=GGMLQuantizationType[name])


def aligned(writer):
    writer.add_custom_alignment(64)
    writer.add_tensor("a", np.arange(3, dtype=np.float32))
    writer.add_tensor("b", np.arange(5, dtype=np.float32))


def listed(file):
    """What the package's own reader finds."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.gguf")
        with open(path, "wb") as output:
            output.write(file)
        return [{"name": tensor.name, "shape": [int(size) for size in reversed(tensor.shape)],
                 "type": tensor.tensor_type.name.lower(), "offset": int(tensor.data_offset),
                 "values": tensor.data.tobytes().hex()} for tensor in GGUFReader(path).tensors]


files = {"metadata": content(metadata), "plain": content(plain), "aligned": content(aligned)}
print(text({
    "sizes": [{"name": kind.name.lower(), "number": int(kind), "elements": sizes[0], "bytes": sizes[1]}
              for kind, sizes in GGML_QUANT_SIZES.items()],
    "blocks": {name.lower(): blocks(name) for name in WITH_NUMBERS},
    "files": {name: {"file": file.hex(), "tensors": listed(file)} for name, file in files.items()},
    "bigEndian": content(aligned, GGUFEndian.BIG).hex(),
}))
