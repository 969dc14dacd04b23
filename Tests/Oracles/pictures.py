"""Matrices brought down to at most 128 x 128 blocks, and histograms in other bins, by NumPy.

    pip install numpy
    python Tests/Oracles/pictures.py > Tests/Oracles/pictures.json
"""
import numpy as np

from common import numbers, text

SIDE = 128
# Each so many values of a picture are recorded.
STEP = 37


def blocks(matrix):
    """Views of the blocks, row by row; the last ones may be smaller."""
    height, width = -(-matrix.shape[0] // SIDE), -(-matrix.shape[1] // SIDE)
    for top in range(0, matrix.shape[0], height):
        for left in range(0, matrix.shape[1], width):
            yield matrix[top:top + height, left:left + width]


def reduction(rows, columns, salt):
    matrix = np.array(numbers(rows * columns, salt, 64.0)).reshape(rows, columns)
    other = np.array(numbers(rows * columns, salt + 1, 32.0)).reshape(rows, columns)
    return {
        "rows": rows, "columns": columns, "salt": salt, "step": STEP,
        "size": len(list(blocks(matrix))),
        "means": [float(block.mean()) for block in blocks(matrix)][::STEP],
        "differences": [float(np.sqrt((block**2).mean())) for block in blocks(other - matrix)][::STEP],
    }


def rebinned(edges, counts, low, high, bins):
    """The cumulated counts, a straight line within each bin, taken at the edges of the others."""
    cumulated = np.concatenate([[0], np.cumsum(counts)])
    at = np.interp(np.linspace(low, high, bins + 1), edges, cumulated)
    return {
        "edges": edges, "counts": counts, "low": low, "high": high, "bins": bins,
        "values": [float(value) for value in np.diff(at)],
    }


print(text({
    "reductions": [reduction(300, 129, 3), reduction(5, 1000, 7), reduction(257, 2, 11)],
    "histograms": [
        rebinned([-1.0, 0.0, 1.0, 2.0], [3, 10, 1], -1.0, 2.0, 7),
        rebinned([-1.0, 0.0, 1.0, 2.0], [3, 10, 1], -4.0, 5.0, 13),
        rebinned([-1.0, 0.5, 2.0], [8, 4], 0.0, 1.0, 3),
    ],
}))
