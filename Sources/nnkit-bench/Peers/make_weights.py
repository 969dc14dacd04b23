"""Makes a .safetensors file of weights: PATH MEGABYTES."""

import os
import sys

import numpy as np
import safetensors.numpy

WIDTH, LAYERS = 4096, 6

path, megabytes = sys.argv[1], int(sys.argv[2])
random = np.random.default_rng(20240229)
height = max(1, round(megabytes * 1e6 / (4 * WIDTH * LAYERS)))
tensors = {}
for number in range(LAYERS):
    # Gaussian, and the columns differ in scale as those of trained layers do: log-normally.
    scales = 0.02 * np.exp(0.3 * random.standard_normal(WIDTH))
    values = random.standard_normal((height, WIDTH), dtype=np.float32)
    tensors[f"layers.{number}.weight"] = values * scales.astype(np.float32)
safetensors.numpy.save_file(tensors, path + ".part")
os.rename(path + ".part", path)
