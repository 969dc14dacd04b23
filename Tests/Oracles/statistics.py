"""Statistics of awkward tensors by NumPy and SciPy, over the finite values in double precision.

    pip install numpy scipy
    python Tests/Oracles/statistics.py > Tests/Oracles/statistics.json

Numbers are written in hexadecimal, so that they read back as they are; infinite ones are null. What would overflow is
computed of values that are scaled by a power of two.
"""
import json

import numpy as np
from scipy import stats

TYPES = {"f64": 8, "f32": 4, "f16": 2, "bf16": 2, "i8": 1, "i16": 2, "i32": 4, "i64": 8, "u8": 1, "u16": 2, "u32": 4,
         "u64": 8, "bool": 1}
FRACTIONS = {"f64": (11, 52), "f32": (8, 23), "f16": (5, 10), "bf16": (8, 7)}


def split_mix(seed, count):
    """Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014); `SplitMix64` in the tests."""
    state = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


def stored(bits, dtype):
    return bits.astype(f"<u{TYPES[dtype]}")


def numbers(raw, dtype):
    if dtype == "bf16":
        raw, dtype = raw.astype("<u4") << 16, "f32"
    kind = {"f": "f", "i": "i", "u": "u", "b": "u"}[dtype[0]]
    with np.errstate(invalid="ignore"):  # signalling NaN
        return raw.view(f"<{kind}{TYPES[dtype]}").astype(np.float64)


def text(value):
    return float(value).hex() if np.isfinite(value) else None


def entropy(raw):
    planes = raw.view(np.uint8).reshape(len(raw), raw.itemsize)[:, ::-1]
    if not len(raw):
        return [text(0.0)] * raw.itemsize
    return [text(stats.entropy(np.bincount(plane, minlength=256), base=2)) for plane in planes.T]


def subnormals(raw, dtype):
    if dtype not in FRACTIONS:
        return 0
    exponent_bits, fraction_bits = FRACTIONS[dtype]
    raw = raw.astype(np.uint64)
    exponent = (raw >> np.uint64(fraction_bits)) & np.uint64((1 << exponent_bits) - 1)
    fraction = raw & np.uint64((1 << fraction_bits) - 1)
    return int(((exponent == 0) & (fraction != 0)).sum())


def statistics(raw, dtype):
    values = numbers(raw, dtype)
    is_finite = np.isfinite(values)
    v = values[is_finite]
    result = {
        "count": len(values), "rawBytes": raw.nbytes, "nan": int(np.isnan(values).sum()),
        "positiveInfinity": int((values == np.inf).sum()), "negativeInfinity": int((values == -np.inf).sum()),
        "zeros": int((v == 0).sum()), "negativeZeros": int(((v == 0) & np.signbit(v)).sum()),
        "subnormals": subnormals(raw, dtype), "byteEntropy": entropy(raw),
        "firstNonFiniteIndex": None if is_finite.all() else int(np.argmin(is_finite)),
    }
    if not len(v):
        return {**result, "l1Norm": text(0.0), "l2Norm": text(0.0), "maximumNorm": text(0.0)}
    unit = 2.0 ** (np.frexp(np.abs(v).max())[1] - 1) if np.abs(v).max() > 0 else 1.0
    scaled = v / unit
    is_constant = v.min() == v.max()
    with np.errstate(over="ignore"):
        norms = [np.abs(scaled).sum() * unit, np.linalg.norm(scaled) * unit, np.abs(v).max()]
    return {
        **result, "minimum": text(v.min()), "maximum": text(v.max()),
        "minimumIndex": int(np.argmin(np.where(is_finite, values, np.inf))),
        "maximumIndex": int(np.argmax(np.where(is_finite, values, -np.inf))),
        "mean": text(scaled.mean() * unit), "standardDeviation": text(scaled.std() * unit),
        "skewness": None if is_constant else text(stats.skew(scaled)),
        "excessKurtosis": None if is_constant else text(stats.kurtosis(scaled)),
        "percentiles": {str(p): text(np.percentile(v, p)) for p in [1, 50, 99]},
        "l1Norm": text(norms[0]), "l2Norm": text(norms[1]), "maximumNorm": text(norms[2]),
        "nearZeroFraction": text((np.abs(v) < 1e-3 * (scaled.std() * unit)).mean()),
    }


def listed(name, dtype, elements):
    """A case whose elements, as bits, are written out."""
    raw = stored(np.array(elements, dtype=np.uint64), dtype)
    return {"name": name, "dtype": dtype, "bits": [f"{int(bits):x}" for bits in raw], **statistics(raw, dtype)}


def random(name, dtype, count, seed, keep, put):
    """A case whose elements are random bits, of which those in `keep` are kept and those in `put` are set."""
    raw = stored(split_mix(seed, count) & np.uint64(keep) | np.uint64(put), dtype)
    return {"name": name, "dtype": dtype, "random": {"count": count, "seed": seed, "keep": f"{keep:x}",
                                                     "put": f"{put:x}"}, **statistics(raw, dtype)}


def cases():
    for dtype, size in TYPES.items():
        every = 1 if dtype == "bool" else (1 << 8 * size) - 1
        yield listed("empty", dtype, [])
        yield listed("one element", dtype, [1])
        yield listed("two elements", dtype, [1, 0])
        yield listed("constant", dtype, [1] * 7)
        yield random("few random bits", dtype, 600, 3 + size, every, 0)
        yield random("many random bits", dtype, 5000, 17 + size, every, 0)
    for dtype, (exponent_bits, fraction_bits) in FRACTIONS.items():
        sign = 1 << exponent_bits + fraction_bits
        infinity = ((1 << exponent_bits) - 1) << fraction_bits
        one = ((1 << exponent_bits - 1) - 1) << fraction_bits
        yield listed("NaN alone", dtype, [infinity | 1] * 3)
        yield listed("infinities alone", dtype, [infinity, sign | infinity, infinity])
        yield listed("zeros of both signs", dtype, [0, sign, sign, 0, sign])
        yield listed("subnormals", dtype, [1, sign | 1, 2, 3, (1 << fraction_bits) - 1, 1 << fraction_bits, 0])
        yield listed("some of everything", dtype,
                     [one, infinity | 1, sign | one, infinity, 0, sign, 1, sign | infinity, one | 1, one, sign | one])
        # Between 2⁻⁷ and 2, with both signs.
        least = one & (7 << fraction_bits) ^ one
        keep = sign | (7 << fraction_bits) | ((1 << fraction_bits) - 1)
        yield random("weights", dtype, 270_000 if dtype == "f32" else 20_000, 5, keep, least)
    # In one bucket of the leading bits, and some of them only in one of the leading 32.
    yield random("nearly equal", "f32", 20_000, 9, 0x0000FFFF, 0x3F800000)
    yield random("nearly equal", "f64", 20_000, 10, 0x0000FFFFFFFFFFFF, 0xBFF0 << 48)
    yield random("nearly equal to the last bits", "f64", 20_000, 11, 0x0000000100FFFFFF, 0xBFF0 << 48)
    yield listed("beyond 2^53", "i64", [2**63 - 1, 2**63, 2**53 + 1, 2**53, 2**64 - 2**53 - 1, 7])
    yield listed("beyond 2^53", "u64", [2**64 - 1, 2**64 - 2, 2**63 + 1, 2**53 + 1, 2**53, 7])


print("[\n" + ",\n".join(json.dumps(case) for case in cases()) + "\n]")
