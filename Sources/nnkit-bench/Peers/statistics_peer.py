"""The statistics of all weights of a safetensors file, as NumPy users compute them: tensor by tensor."""

import sys

import numpy as np
from safetensors import safe_open

with safe_open(sys.argv[1], framework="np") as weights:
    for name in weights.keys():
        values = weights.get_tensor(name)
        counts = np.histogram(values, bins=32)[0].tolist()
        print(name, values.dtype, values.shape, np.isnan(values).sum(), (values == 0).sum(), values.min(),
              values.max(), values.mean(), values.std(), np.linalg.norm(values), counts)
