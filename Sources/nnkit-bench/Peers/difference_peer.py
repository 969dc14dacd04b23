"""The numbers of `nnkit diff` for two safetensors files, as NumPy users compute them: tensor by tensor, sums in float64."""

import sys

import numpy as np
from safetensors import safe_open

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
