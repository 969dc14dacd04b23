"""Makes a .safetensors file with the weights of another one after a small change, as training on goes: FROM TO."""

import os
import sys

import numpy as np
import safetensors.numpy
from safetensors import safe_open

source, path = sys.argv[1:]
random = np.random.default_rng(20240301)
tensors = {}
with safe_open(source, framework="np") as weights:
    for number, name in enumerate(weights.keys()):
        values = weights.get_tensor(name)
        # The later a layer, the more it changes.
        scale = 0.01 * (number + 1) * values.std(dtype=np.float64)
        noise = random.standard_normal(values.shape, dtype=np.float32) * np.float32(scale)
        tensors[name] = (values + noise).astype(values.dtype)
safetensors.numpy.save_file(tensors, path + ".part")
os.rename(path + ".part", path)
