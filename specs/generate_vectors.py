#!/usr/bin/env python3
"""Writes the test vectors of specs/vectors, the same bytes on every machine.

    python3 generate_vectors.py            write them again
    python3 generate_vectors.py --check    compare with what is there; exit status 1 if anything differs

Vectors that frozen/ lists never change: it is an error if they would.
"""

import json
import pathlib
import sys

sys.dont_write_bytecode = True

from generator import invalid_layout, invalid_values, valid  # noqa: E402

FOLDER = pathlib.Path(__file__).resolve().parent / "vectors"


def encoded(value):
    return (json.dumps(value, indent=1, ensure_ascii=True) + "\n").encode()


def wanted():
    """The bytes of every file, by its path inside the folder."""
    files, manifest = {}, {"version": "1.0", "valid": [], "invalid": []}

    def add(path, data):
        if path in files:
            raise SystemExit(f"{path} occurs twice")
        files[path] = data

    for name, about, data, content, *limits in valid.vectors():
        entry = {"file": f"valid/{name}.nnk", "content": f"valid/{name}.json", "about": about}
        add(entry["file"], data)
        add(entry["content"], encoded(content))
        manifest["valid"].append({**entry, "limits": limits[0]} if limits else entry)
    for module in (invalid_layout, invalid_values):
        for name, about, data, error, limits in module.cases():
            entry = {"file": f"invalid/{name}.nnk", "about": about, **error}
            add(entry["file"], data)
            manifest["invalid"].append({**entry, "limits": limits} if limits else entry)
    add("manifest.json", encoded(manifest))
    return files


def fingerprint(data):
    """FNV-1a of 64 bits. A CRC-32 would not do: that of bytes which end in their own CRC-32 is always the same."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def changed_frozen(files):
    """The frozen files that would not be what they were."""
    for path in sorted((FOLDER.parent / "frozen").glob("*.txt")):
        for line in path.read_text().splitlines():
            expected, size, name = line.split(" ")
            data = files.get(name, b"")
            if (fingerprint(data), len(data)) != (int(expected, 16), int(size)):
                yield f"{name}: frozen in {path.name}"


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__.strip(), file=sys.stderr)
        return 64
    files = wanted()
    if changed := list(changed_frozen(files)):
        print("\n".join(changed), file=sys.stderr)
        return 1
    present = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    over = {path for path in present - files.keys() if not path.startswith(".")}
    if arguments:
        differing = [path for path in files if path not in present or (FOLDER / path).read_bytes() != files[path]]
        for path in sorted(over) + differing:
            print(f"{path}: {'does not belong here' if path in over else 'missing or different'}", file=sys.stderr)
        return 1 if over or differing else 0
    for path in over:
        (FOLDER / path).unlink()
    for path, data in files.items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_bytes(data)
    print(f"{len(files)} files, {sum(map(len, files.values()))} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
