"""Size, and speed of saving and loading, of one of the formats that people use for weights, as a line of JSON."""

import argparse
import json
import os
import time

import numpy as np
import safetensors.numpy


class SavezCompressed:
    tool = "numpy.savez_compressed"

    def save(self, tensors, path):
        with open(path, "wb") as file:
            np.savez_compressed(file, **tensors)

    def load(self, path):
        with np.load(path) as file:
            return {name: file[name] for name in file.files}


class Safetensors:
    tool = "safetensors (not compressed, not verified)"

    def save(self, tensors, path):
        safetensors.numpy.save_file(tensors, path)

    def load(self, path):
        return safetensors.numpy.load_file(path)


class HDF5:
    tool = "HDF5, shuffle, gzip 4, Fletcher-32"

    def __init__(self):
        import h5py
        self.open = h5py.File

    def save(self, tensors, path):
        with self.open(path, "w") as file:
            for name, values in tensors.items():
                file.create_dataset(name, data=values, shuffle=True, compression="gzip", compression_opts=4,
                                    fletcher32=True)

    def load(self, path):
        with self.open(path) as file:
            return {name: file[name][()] for name in file}


class Torch:
    tool = "torch.save (not compressed, not verified)"

    def __init__(self):
        import torch
        self.torch = torch

    def save(self, tensors, path):
        self.torch.save({name: self.torch.from_numpy(values) for name, values in tensors.items()}, path)

    def load(self, path):
        return {name: values.numpy() for name, values in self.torch.load(path, weights_only=True).items()}


class ZipNN:
    """Has no file format of its own: the compressed tensors are written one behind the other, and loaded from memory."""

    def __init__(self, threads):
        import torch
        import zipnn
        self.torch = torch
        self.coder = zipnn.ZipNN(input_format="torch", bytearray_dtype="float32", threads=threads)
        self.packed = {}
        self.tool = f"ZipNN, {threads} thread{'s' if threads > 1 else ''} (loaded from memory, not verified)"

    def prepare(self, tensors):
        # Compression works in place and spoils its input.
        return {name: self.torch.from_numpy(values.copy()) for name, values in tensors.items()}

    def save(self, tensors, path):
        self.packed = {name: bytes(self.coder.compress(values)) for name, values in tensors.items()}
        with open(path, "wb") as file:
            for values in self.packed.values():
                file.write(values)

    def load(self, path):
        return {name: self.coder.decompress(values) for name, values in self.packed.items()}


PEERS = {
    "savez_compressed": SavezCompressed,
    "safetensors": Safetensors,
    "hdf5": HDF5,
    "torch": Torch,
    "zipnn": lambda: ZipNN(1),
    "zipnn-all-threads": lambda: ZipNN(os.cpu_count()),
}


def seconds(repeats, work, prepare=lambda: ()):
    """The shortest of several times; preparation does not count, releasing the result does."""
    least = float("inf")
    for _ in range(repeats):
        inputs = prepare()
        start = time.perf_counter()
        work(*inputs)
        least = min(least, time.perf_counter() - start)
    return least


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("weights", help="a .safetensors file")
    parser.add_argument("--folder", default=".", help="where the file is written")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    tensors = safetensors.numpy.load_file(options.weights)
    raw = sum(values.nbytes for values in tensors.values())
    peer = PEERS[options.peer]()
    path = os.path.join(options.folder, f"peer-{os.getpid()}")
    prepare = getattr(peer, "prepare", lambda tensors: tensors)
    try:
        saving = seconds(options.repeats, lambda inputs: peer.save(inputs, path), lambda: (prepare(tensors),))
        size = os.path.getsize(path)
        loading = seconds(options.repeats, lambda: peer.load(path))
        loaded = peer.load(path)
        for name, values in tensors.items():
            if not np.array_equal(np.asarray(loaded[name]).view(np.uint32), values.view(np.uint32)):
                raise SystemExit(f"{peer.tool} does not give back {name}")
    finally:
        if os.path.exists(path):
            os.remove(path)
    print(json.dumps({"tool": peer.tool, "ratio": round(size / raw, 4), "save_MB_per_s": round(raw / saving / 1e6, 1),
                      "load_MB_per_s": round(raw / loading / 1e6, 1)}))


if __name__ == "__main__":
    main()
