"""Singular values of awkward matrices, and what follows from them, by NumPy.

    pip install numpy
    python Tests/Oracles/spectra.py > Tests/Oracles/spectra.json
"""
import numpy as np

from common import numbers, text

MASK = (1 << 64) - 1


def split_mix(seed):
    """SplitMix64 (Steele, Lea and Flood 2014)."""
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        mixed = state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        yield mixed ^ (mixed >> 31)


def shuffled_ratio(matrix, largest):
    """sigma_1 over its mean in five matrices, each the one before in another order (Fisher and Yates)."""
    random, elements, sum_of_largest = split_mix(1), list(matrix.ravel()), 0
    for _ in range(5):
        for end in range(len(elements), 1, -1):
            place = (end * next(random)) >> 64
            elements[end - 1], elements[place] = elements[place], elements[end - 1]
        sum_of_largest += np.linalg.svd(np.reshape(elements, matrix.shape), compute_uv=False)[0]
    return largest / (sum_of_largest / 5)


def spectrum(rows, columns, salt, scale, rank=None):
    """A matrix of rank `rank` is the product of two."""
    if rank is None:
        matrix = np.array(numbers(rows * columns, salt, scale)).reshape(rows, columns)
    else:
        left = np.array(numbers(rows * rank, salt, 1)).reshape(rows, rank)
        matrix = left @ np.array(numbers(rank * columns, salt + 1, scale)).reshape(rank, columns)
    # NumPy's own squares would overflow or vanish for the huge and the tiny ones; a power of 2 changes no digit.
    unit = 2.0 ** np.floor(np.log2(np.abs(matrix).max()))
    values = np.linalg.svd(matrix / unit, compute_uv=False)
    share = values**2 / (values**2).sum()
    share = share[share > 0]
    rank_found = int((values > values[0] * max(rows, columns) * 2.0**-52).sum())
    return {
        "rows": rows, "columns": columns, "salt": salt, "scale": scale, "factorRank": rank or 0,
        "values": [float(value * unit) for value in values],
        "stableRank": float((values**2).sum() / values[0] ** 2),
        "effectiveRank": float(np.exp(-(share * np.log(share)).sum())),
        "rank": rank_found,
        "condition": float(values[0] / values[-1]),
        "shuffledRatio": float(shuffled_ratio(matrix / unit, values[0])),
    }


cases = {
    "square": spectrum(20, 20, 1, 64.0),
    "tall": spectrum(90, 7, 2, 64.0),
    "wide": spectrum(6, 120, 3, 64.0),
    "row": spectrum(1, 33, 4, 64.0),
    "column": spectrum(40, 1, 5, 64.0),
    "one": spectrum(1, 1, 6, 64.0),
    "deficient": spectrum(40, 30, 7, 64.0, rank=5),
    "huge": spectrum(12, 10, 8, 2.0**-1000),
    "tiny": spectrum(12, 10, 9, 2.0**1000),
}
print(text(cases))
