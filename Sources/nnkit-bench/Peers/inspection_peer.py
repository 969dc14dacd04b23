"""The statistics that `nnkit inspect` shows, of all weights of a safetensors file, with NumPy alone: tensor by tensor.

The file is read by its documented layout, so that no more than NumPy is imported.
"""

import json
import struct
import sys

import numpy as np


def tensors(path):
    types = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1",
             "U8": "u1", "U16": "<u2", "U32": "<u4", "U64": "<u8", "BOOL": "u1"}
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
    data = np.memmap(path, np.uint8, "r", offset=8 + size)
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            yield name, data[start:end].view(types[entry["dtype"]]), entry["shape"]


def entropy(plane):
    counts = np.bincount(plane, minlength=256)
    shares = counts[counts > 0] / len(plane)
    return float(-(shares * np.log2(shares)).sum())


def statistics(stored):
    """All numbers over the finite values, as sums in double precision."""
    is_finite = np.isfinite(stored)
    finite = stored if is_finite.all() else stored[is_finite]
    count, mean = len(finite), finite.mean(dtype=np.float64)
    moments = np.zeros(3)
    # In parts, so that the copies in double precision stay small.
    l1 = l2 = 0.0
    for start in range(0, count, 1 << 16):
        part = finite[start:start + (1 << 16)].astype(np.float64)
        l1 += np.abs(part).sum()
        l2 += part @ part
        part -= mean
        squared = part * part
        moments += squared.sum(), (squared * part).sum(), (squared * squared).sum()
    second, third, fourth = moments / count
    deviation = np.sqrt(second)
    magnitudes = np.abs(finite)
    minimum_index, maximum_index = int(finite.argmin()), int(finite.argmax())
    tiny = np.finfo(stored.dtype).tiny if stored.dtype.kind == "f" else 0
    zeros = finite == 0
    planes = stored.view(np.uint8).reshape(len(stored), stored.itemsize)
    return {
        "minimum": finite[minimum_index], "maximum": finite[maximum_index], "minimum_index": minimum_index,
        "maximum_index": maximum_index, "mean": mean, "standard_deviation": deviation,
        "skewness": third / second**1.5, "excess_kurtosis": fourth / second**2 - 3,
        "percentiles": np.percentile(finite, [1, 50, 99]).tolist(), "l1_norm": l1, "l2_norm": np.sqrt(l2),
        "maximum_norm": magnitudes.max(), "zeros": zeros.sum(), "negative_zeros": (zeros & np.signbit(finite)).sum(),
        "subnormals": ((magnitudes < tiny) & ~zeros).sum(),
        "near_zero_fraction": (magnitudes < 1e-3 * deviation).mean(), "nan": np.isnan(stored).sum(),
        "positive_infinity": (stored == np.inf).sum(), "negative_infinity": (stored == -np.inf).sum(),
        "first_non_finite_index": None if count == len(stored) else int(is_finite.argmin()),
        "histogram": np.histogram(finite, 32)[0].tolist(),
        "byte_entropy": [entropy(planes[:, place]) for place in reversed(range(stored.itemsize))],
    }


for name, values, shape in tensors(sys.argv[1]):
    print(name, shape, values.dtype, {key: str(value) for key, value in statistics(values).items()})
