"""How two tensors differ, by NumPy and SciPy in double precision: what `nnkit diff` says of the same numbers."""
import numpy as np
import scipy.linalg
from common import numbers, text


def tensor(shape, salt, scale):
    return np.array(numbers(int(np.prod(shape)), salt, scale)).reshape(shape)


def units(a, d, axis):
    others = tuple(i for i in range(a.ndim) if i != axis)
    ratios = np.sqrt((d ** 2).sum(axis=others) / (a ** 2).sum(axis=others))
    order = sorted(range(len(ratios)), key=lambda i: (-ratios[i], i))[:10]
    # Where two ratios are equal but for rounding, their order says nothing.
    is_clear = np.diff([-ratios[i] for i in order]).min(initial=1) > 1e-9
    return {"index": order if is_clear else [], "relativeL2": [float(ratios[i]) for i in order]}


def compare(shape, salts, scales):
    a, b = (tensor(shape, *pair) for pair in zip(salts, scales))
    d = b - a
    cosine = float(a.ravel() @ b.ravel() / (scipy.linalg.norm(a) * scipy.linalg.norm(b)))
    result = {
        "shape": list(shape), "salts": salts, "scales": scales,
        "relativeL2": float(scipy.linalg.norm(d) / scipy.linalg.norm(a)), "cosine": cosine,
        "rmsDifference": float(np.sqrt(np.mean(d ** 2))),
        "snrDb": float(10 * np.log10((a ** 2).sum() / (d ** 2).sum())),
        "maximum": float(np.abs(d).max()),
        "place": [int(i) for i in np.unravel_index(np.abs(d).argmax(), shape)],
        "signFlips": int((a * b < 0).sum()),
        "bitwise": int((a.view(np.uint64) != b.view(np.uint64)).sum()), "units": units(a, d, 0),
    }
    if len(shape) > 1:
        sigma = scipy.linalg.svdvals(d.reshape(shape[0], -1))
        share = np.cumsum(sigma ** 2) / (sigma ** 2).sum()
        result["sigma1"] = float(sigma[0])
        result["stableRank"] = float((sigma ** 2).sum() / sigma[0] ** 2)
        result["rank"] = int(np.searchsorted(share, 0.999) + 1)
    return result


print(text({
    "vector": compare((17,), [4, 2], [64.0, 60.0]),
    "matrix": compare((40, 13), [3, 4], [32.0, 40.0]),
    "wide": compare((3, 5000), [5, 6], [128.0, 100.0]),
    "kernels": compare((12, 4, 3, 3), [7, 8], [16.0, 17.0]),
    "long": compare((300, 1000), [9, 10], [64.0, 65.0]),
}))
