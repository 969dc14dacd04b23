#!/usr/bin/env python3
"""Writes small files that ask for as much as the default limits let them: python3 generate_hostile.py FOLDER

Section 14 of format.md says what they may cost. All are sound; they are no test vectors.
"""

import os
import struct
import sys
import zlib

from generator.encoding import CONSTANT, ZLIB, Raw, Section, file, head, plane_chunk, planes_of, structured, tensor

CHUNK = 1 << 23
VALUES = 1 << 22
SECTION = 1 << 27


def compress(data):
    return zlib.compress(data, 9)


def constant(element):
    """A chunk of equal elements of f32."""
    return plane_chunk(2, [(CONSTANT, plane) for plane in planes_of(element, 4, True)])


def constants(count, chunk_of):
    """Tensors of one chunk of 8 MiB of f32 each."""
    sections = [Section("CHNK", chunk_of(number)) for number in range(count)]
    tensors = [tensor("t%d" % number, "f32", [CHUNK // 4], CHUNK) for number in range(count)]
    return file(sections, tensors, compress=compress)


def one_plane(number):
    """Three constant planes and one of runs, which zlib makes small."""
    planes = [(CONSTANT, plane) for plane in planes_of(struct.pack("<f", 0.5 + number), 4, True)]
    return plane_chunk(2, planes[:3] + [(ZLIB, compress(bytes(CHUNK // 8) + b"\1" * (CHUNK // 8)))])


def value_list(count, item):
    """An array of equal encoded items."""
    return Raw(head(4, count) + item * count)


def tiny_tensor(state=None):
    chunk = Section("CHNK", b"\0" + struct.pack("<2f", 1, -2.5))
    return [chunk], [tensor("w", "f32", [1, 2])]


def structured_file(metadata, names, epochs):
    """Every part at its limit.

    metadata, names: an encoded item of the lists in metadata and training state, and of the class names.
    """
    layer = {"kind": "affine", "name": "a", "output_shape": [2], "attributes": {"inputs": 1, "outputs": 2},
             "parameters": [{"role": "weight", "tensor": "w"}]}  # fmt: skip
    topology = {"input_shape": [1], "preprocessing": {"scale": 1.0, "offset": 0.0}, "layers": [layer],
                "class_names": value_list(VALUES - 32, names)}  # fmt: skip
    history = {"columns": [{"name": "loss", "values": Raw(head(2, 8 * epochs) + bytes(8 * epochs))}]}
    values = {"a": value_list(VALUES - 2, metadata)}
    parts = [("TOPO", topology), ("mETA", values), ("hIST", history), ("tRST", values)]
    sections = [Section(kind, structured(value, compress=compress)) for kind, value in parts]
    chunks, tensors = tiny_tensor()
    return file(sections + chunks, tensors, compress=compress)


FILES = {
    "constant": lambda: constants(512, lambda number: constant(struct.pack("<f", 0.5))),
    "distinct": lambda: constants(512, lambda number: constant(struct.pack("<f", number / 3))),
    "nan": lambda: constants(512, lambda number: constant(struct.pack("<I", 0x7FC00000))),
    "tiny-numbers": lambda: constants(512, lambda number: constant(struct.pack("<I", 1 + number))),
    "one-plane": lambda: constants(64, one_plane),
    # Lists of small integers, and as many bytes of history as there may be.
    "small-values": lambda: structured_file(b"\0", b"\x60", (SECTION - 64) // 8),
    # Strings that each need memory of their own.
    "strings": lambda: structured_file(b"\x78\x1d" + b"a" * 29, b"\x78\x1d" + b"a" * 29, (SECTION - 64) // 8),
    "lists": lambda: structured_file(b"\x80", b"\x60", 0),
}


def main(folder):
    os.makedirs(folder, exist_ok=True)
    for name, make in FILES.items():
        data = make()
        with open(os.path.join(folder, name + ".nnk"), "wb") as output:
            output.write(data)
        print("%s.nnk: %d bytes" % (name, len(data)))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "hostile")
