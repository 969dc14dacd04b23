"""The numbers of `nnkit diff` for two safetensors files, as NumPy users compute them: tensor by tensor, sums in float64.

σ₁ of the change is computed of the tensors that changed most, 2²⁴ elements in all, by the power iteration.
"""

import sys

import numpy as np
from safetensors import safe_open


def largest_singular_value(matrix):
    """As far as five digits, which may take the power iteration some hundred steps."""
    vector = np.random.default_rng(0).standard_normal(matrix.shape[1])
    largest = 0.0
    for _ in range(300):
        vector /= np.linalg.norm(vector)
        image = matrix @ vector
        before, largest = largest, np.linalg.norm(image)
        if largest - before <= 1e-6 * largest:
            break
        vector = matrix.T @ image
    return largest


changes = {}
with safe_open(sys.argv[1], framework="np") as left, safe_open(sys.argv[2], framework="np") as right:
    for name in left.keys():
        a, b = left.get_tensor(name), right.get_tensor(name)
        bits = [values.view(np.int32).astype(np.int64) for values in (a, b)]
        # Negative numbers are mirrored, so that neighbours differ by one.
        ordinals = [np.where(values < 0, -(values & 0x7FFFFFFF), values) for values in bits]
        ulp = np.abs(ordinals[0] - ordinals[1]).max()
        bitwise = (bits[0] != bits[1]).sum()
        a, b = a.astype(np.float64), b.astype(np.float64)
        d = b - a
        distance = np.abs(d)
        place = np.unravel_index(distance.argmax(), d.shape)
        squares = np.einsum("ij,ij->i", d, d)
        units = np.sqrt(squares / np.einsum("ij,ij->i", a, a))
        norm, change = np.linalg.norm(a), np.sqrt(squares.sum())
        print(name, (d != 0).sum(), bitwise, ulp, distance[place], place, a[place], b[place], change / norm,
              np.vdot(a, b) / (norm * np.linalg.norm(b)), change / np.sqrt(d.size), 20 * np.log10(norm / change),
              (a * b < 0).sum(), np.isfinite(d).all(), np.argsort(-units)[:10].tolist(), np.sort(-units)[:10])
        changes[name] = change / norm
    elements = 1 << 24
    for name in sorted(changes, key=changes.get, reverse=True):
        shape = left.get_slice(name).get_shape()
        if len(shape) < 2 or np.prod(shape) > elements:
            continue
        elements -= int(np.prod(shape))
        d = right.get_tensor(name).astype(np.float64) - left.get_tensor(name)
        d = d.reshape(len(d), -1)
        sigma = largest_singular_value(d)
        print(name, sigma, np.einsum("ij,ij->", d, d) / sigma**2)
