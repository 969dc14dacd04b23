"""Arrays of NumPy in `.npy` and `.npz` files, and what they hold.

    pip install numpy
    python -P Tests/Oracles/numpy_files.py > Tests/Oracles/numpy_files.json
"""
import base64
import io
import json
import zipfile

import numpy as np

NAMES = {
    "float64": "f64", "float32": "f32", "float16": "f16", "int64": "i64", "int32": "i32", "int16": "i16", "int8": "i8",
    "uint8": "u8", "uint16": "u16", "uint32": "u32", "uint64": "u64", "bool": "bool", "complex64": "c64",
    "complex128": "c128", "float128": "float128", "complex256": "complex256",
}


def entry(name, array):
    """The elements in row-major order, little-endian."""
    little = array.astype(array.dtype.newbyteorder("<"), order="C")
    return {"name": name, "type": NAMES[array.dtype.name], "shape": list(array.shape), "bytes": little.tobytes().hex()}


def record(title, content, arrays, metadata=None):
    return {"title": title, "file": base64.b64encode(content).decode(),
            "tensors": [entry(name, array) for name, array in arrays.items()], "metadata": metadata or {}}


def npy(title, array, version=None):
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, version=version, allow_pickle=False)
    return record(title, buffer.getvalue(), {"array": array})


def npz(title, arrays, metadata=None, texts=None, save=np.savez):
    buffer = io.BytesIO()
    save(buffer, **arrays, **(texts or {}))
    return record(title, buffer.getvalue(), arrays, metadata)


def every_type():
    arrays = {}
    for name in NAMES:
        dtype = np.dtype(name)
        if name == "bool":
            arrays[name] = np.array([[True, False, True], [False, False, True]])
        elif name in ["float128", "complex256"]:
            arrays[name] = np.array([[1, -2, 0.5], [1e30, 0, 3]], dtype=dtype)
        else:
            arrays[name] = (np.arange(6 * dtype.itemsize, dtype=np.uint8) * 37 + 11).view(dtype).reshape(2, 3)
    return arrays


def cases():
    found = []
    types = every_type()
    big = {name: array.astype(array.dtype.newbyteorder(">")) for name, array in types.items()}
    grid = np.arange(120, dtype=np.float32).reshape(2, 3, 4, 5)
    orders = {"fortran": np.asfortranarray(grid), "matrix": np.asfortranarray(grid[0, 0]),
              "big": np.asfortranarray(grid.astype(">f8")), "row": np.asfortranarray(np.arange(3)),
              "empty": np.asfortranarray(np.zeros((0, 3, 2))), "bytes": np.asfortranarray(np.arange(6, dtype="u1").reshape(2, 3))}
    for version in [(1, 0), (2, 0), (3, 0)]:
        found.append(npy(f"version {version[0]}", grid, version))
    found += [npy("a number", np.array(2.5)), npy("nothing", np.zeros((3, 0, 2), dtype=np.int16)),
              npy("Fortran order", orders["fortran"]), npy("big-endian in Fortran order", orders["big"])]
    for save in [np.savez, np.savez_compressed]:
        name = save.__name__
        found += [
            npz(f"{name}: every type", types, save=save), npz(f"{name}: every type, big-endian", big, save=save),
            npz(f"{name}: orders", orders, save=save),
            npz(f"{name}: names", {"layers/0/weight": grid, "größe 🧠": grid[0], "a b": grid[1], "x.npy": grid[:, 0]},
                save=save),
            npz(f"{name}: text beside arrays", {"w": grid},
                {"note": "größe 🧠", "classes": ["cat", "a dog", ""], "empty": []},
                {"note": np.array("größe 🧠"), "classes": np.array(["cat", "a dog", ""]),
                 "empty": np.array([], dtype="U1")}, save=save),
            npz(f"{name}: none", {}, save=save),
        ]
    found.append(
        npz("large and regular", {"large": np.tile(np.arange(500, dtype=np.int16), 20)}, save=np.savez_compressed))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"a comment PK\x05\x06 of the archive"
        with archive.open("w.npy", "w", force_zip64=True) as member:
            np.lib.format.write_array(member, grid)
        archive.mkdir("folder")
        content = io.BytesIO()
        np.save(content, grid[0])
        archive.writestr("folder/w.npy", content.getvalue(), zipfile.ZIP_STORED)
    found.append(record("an archive of another program", buffer.getvalue(), {"w": grid, "folder/w": grid[0]}))
    return found


print(json.dumps(cases(), indent=0, ensure_ascii=False))
