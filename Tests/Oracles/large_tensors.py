"""Statistics of tensors that are made as they are read, block by block, by NumPy: 10⁵ and 10⁸ elements.

    pip install numpy
    python Tests/Oracles/large_tensors.py > Tests/Oracles/large_tensors.json

The elements are 32-bit floats between 2⁻⁷ and 2 with both signs, from SplitMix64; at every 9,973rd place stands what
makes trouble. Sums are those of blocks in double precision, added up exactly. Needs 1 GB of memory for the percentiles.
"""
import json
import math

import numpy as np

SEED, KEEP, PUT = 2024, 0x83FFFFFF, 0x3C000000
PERIOD = 9973
# NaN, infinities, −0 and a subnormal number.
PLANTED = np.array([0x7FC00000, 0x7F800000, 0xFF800000, 0x80000000, 0x00000003], dtype=np.uint32)
BLOCK = 1 << 20
BINS = 32


def bits(start, count):
    """The elements from a place on: numbers of SplitMix64, of which any can be computed alone."""
    places = np.arange(start, start + count, dtype=np.uint64)
    state = (places + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(SEED)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state ^= state >> np.uint64(31)
    raw = (state & np.uint64(KEEP) | np.uint64(PUT)).astype(np.uint32)
    is_planted = places % np.uint64(PERIOD) == 0
    raw[is_planted] = PLANTED[(places[is_planted] // np.uint64(PERIOD) % np.uint64(len(PLANTED))).astype(int)]
    return raw


def blocks(count):
    for start in range(0, count, BLOCK):
        raw = bits(start, min(BLOCK, count - start))
        yield start, raw, raw.view(np.float32)


def percentile(sorted_at, count, percent):
    """Linear interpolation between the neighbours, as `numpy.percentile` rounds it."""
    place = (count - 1) * (percent / 100)
    below = math.floor(place)
    a, b, t = float(sorted_at[below]), float(sorted_at[min(below + 1, count - 1)]), place - below
    return b - (b - a) * (1 - t) if t >= 0.5 else a + (b - a) * t


def statistics(count):
    planes = np.zeros((4, 256), dtype=np.int64)
    finite = np.empty(count, dtype=np.float32)
    used, first = 0, None
    tally = {"nan": 0, "positiveInfinity": 0, "negativeInfinity": 0, "zeros": 0, "negativeZeros": 0, "subnormals": 0}
    least, greatest = (math.inf, None), (-math.inf, None)
    sums, magnitudes, squares = [], [], []
    for start, raw, values in blocks(count):
        for plane in range(4):
            planes[plane] += np.bincount((raw >> np.uint32(24 - 8 * plane) & np.uint32(255)).astype(int), minlength=256)
        is_finite = np.isfinite(values)
        if first is None and not is_finite.all():
            first = start + int(np.argmin(is_finite))
        tally["nan"] += int(np.isnan(values).sum())
        tally["positiveInfinity"] += int((values == np.inf).sum())
        tally["negativeInfinity"] += int((values == -np.inf).sum())
        tally["zeros"] += int((values == 0).sum())
        tally["negativeZeros"] += int(((values == 0) & np.signbit(values)).sum())
        tally["subnormals"] += int(((np.abs(values) < np.finfo(np.float32).tiny) & (values != 0)).sum())
        low, high = np.where(is_finite, values, np.inf), np.where(is_finite, values, -np.inf)
        if low.min() < least[0]:
            least = (float(low.min()), start + int(low.argmin()))
        if high.max() > greatest[0]:
            greatest = (float(high.max()), start + int(high.argmax()))
        block = values[is_finite]
        finite[used:used + len(block)] = block
        used += len(block)
        exact = block.astype(np.float64)
        sums.append(exact.sum())
        magnitudes.append(np.abs(exact).sum())
        squares.append((exact * exact).sum())
    finite = finite[:used]
    mean = math.fsum(sums) / used
    moments, histogram = [[], [], []], np.zeros(BINS, dtype=np.int64)
    for start in range(0, used, BLOCK):
        exact = finite[start:start + BLOCK].astype(np.float64)
        histogram += np.histogram(exact, BINS, (least[0], greatest[0]))[0]
        centred = exact - mean
        for power, parts in zip([2, 3, 4], moments):
            parts.append((centred ** power).sum())
    second, third, fourth = (math.fsum(parts) / used for parts in moments)
    deviation = math.sqrt(second)
    near = sum(int((np.abs(finite[start:start + BLOCK].astype(np.float64)) < 1e-3 * deviation).sum())
               for start in range(0, used, BLOCK))
    shares = [plane[plane > 0] / count for plane in planes]
    wanted = sorted({min(math.floor((used - 1) * (p / 100)) + more, used - 1) for p in [1, 50, 99] for more in [0, 1]})
    finite.partition(wanted)
    return {
        "count": count, "rawBytes": 4 * count, **tally,
        "byteEntropy": [float(-(share * np.log2(share)).sum()).hex() for share in shares], "firstNonFiniteIndex": first,
        "l1Norm": math.fsum(magnitudes).hex(), "l2Norm": math.sqrt(math.fsum(squares)).hex(),
        "maximumNorm": max(-least[0], greatest[0]).hex(), "minimum": least[0].hex(), "maximum": greatest[0].hex(),
        "minimumIndex": least[1], "maximumIndex": greatest[1], "mean": mean.hex(), "standardDeviation": deviation.hex(),
        "skewness": (third / second ** 1.5).hex(), "excessKurtosis": (fourth / second ** 2 - 3).hex(),
        "percentiles": {str(p): percentile(finite, used, p).hex() for p in [1, 50, 99]},
        "nearZeroFraction": (near / used).hex(), "histogram": histogram.tolist(),
    }


def case(count):
    generated = {"count": count, "seed": SEED, "keep": f"{KEEP:x}", "put": f"{PUT:x}", "period": PERIOD,
                 "planted": [f"{value:x}" for value in PLANTED.tolist()]}
    return {"name": f"{count} generated", "dtype": "f32", "generated": generated, **statistics(count)}


print("[\n" + ",\n".join(json.dumps(case(count)) for count in [10**5, 10**8]) + "\n]")
