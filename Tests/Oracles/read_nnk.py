"""Reads a model file of version 1.0 by its documented layout, and prints its content as one line of JSON.

Python's standard library only. Numbers print as the 16 digits of their bits, byte strings as digits too, so that
nothing is lost: {"number": "3ff0000000000000"}, {"bytes": "00ff"}. Any deviation from the layout ends the script.
"""

import json
import struct
import sys
import zlib

SIZES = {"f64": 8, "f32": 4, "f16": 2, "bf16": 2, "i8": 1, "i16": 2, "i32": 4, "i64": 8,
         "u8": 1, "u16": 2, "u32": 4, "u64": 8, "bool": 1}
FLOATS = ("f64", "f32", "f16", "bf16")


def require(condition, message):
    if not condition:
        sys.exit("not a sound model: " + message)


class Value:
    """A cursor over one CBOR value of the deterministic subset."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        require(self.at + count <= len(self.data), "value cut short")
        self.at += count
        return self.data[self.at - count:self.at]

    def argument(self, initial):
        low = initial & 31
        if low < 24:
            return low
        require(low < 28, "indefinite length")
        width = 1 << (low - 24)
        argument = int.from_bytes(self.take(width), "big")
        require(argument >= (24 if width == 1 else 1 << (4 * width)), "argument not in its shortest form")
        return argument

    def read(self):
        initial = self.take(1)[0]
        if initial in (0xF4, 0xF5):
            return initial == 0xF5
        if initial == 0xFB:
            return {"number": self.take(8).hex()}
        kind, argument = initial >> 5, self.argument(initial)
        if kind == 0:
            return argument
        if kind == 1:
            return -1 - argument
        if kind == 2:
            return {"bytes": self.take(argument).hex()}
        if kind == 3:
            return self.take(argument).decode("utf-8")
        if kind == 4:
            return [self.read() for _ in range(argument)]
        require(kind == 5, "initial byte %#x" % initial)
        fields, previous = {}, None
        for _ in range(argument):
            key = self.read()
            require(isinstance(key, str), "a key that is no text")
            order = (len(key.encode()), key.encode())
            require(previous is None or previous < order, "keys out of order")
            fields[key], previous = self.read(), order
        return fields


def structured(payload):
    size, = struct.unpack_from("<Q", payload)
    data = zlib.decompress(payload[8:])
    require(len(data) == size, "structured section of another size")
    value = Value(data)
    content = value.read()
    require(value.at == len(data), "bytes behind a value")
    return content


def section(file, at):
    header = file[at:at + 16]
    kind, length, check = struct.unpack("<4sQI", header)
    require(zlib.crc32(header[:12]) == check, "checksum of a section header")
    payload = file[at + 16:at + 16 + length]
    check, = struct.unpack_from("<I", file, at + 16 + length)
    require(zlib.crc32(payload) == check, "checksum of " + kind.decode())
    return kind.decode(), payload, check, at + 20 + length


def plane(method, data, count):
    require(method in (0, 1, 2), "method of a plane")
    if method == 1:
        stream = zlib.decompressobj()
        data = stream.decompress(data)
        require(stream.eof and not stream.unused_data, "stream of a plane")
    elif method == 2:
        require(len(data) == 1, "size of a constant plane")
        data = data * count
    require(len(data) == count, "size of a plane")
    return data


def chunk_bytes(chunk, kind, expected):
    size = SIZES[kind]
    if chunk[0] == 0:
        padding = len(chunk) - 1 - expected
        require(0 <= padding < 64 and not any(chunk[1:1 + padding]), "padding of a raw chunk")
        return chunk[1 + padding:]
    require(chunk[0] == 1 or chunk[0] == 2 and kind in FLOATS, "coding")
    at, count, planes = 1 + 5 * size, expected // size, []
    for number in range(size):
        method, length = struct.unpack_from("<BI", chunk, 1 + 5 * number)
        planes.append(plane(method, chunk[at:at + length], count))
        at += length
    require(at == len(chunk), "length of a chunk")
    data = bytearray()
    for parts in zip(*planes):
        bits = int.from_bytes(parts, "big")
        if chunk[0] == 2:
            bits = bits >> 1 | (bits & 1) << (8 * size - 1)
        data += bits.to_bytes(size, "little")
    return bytes(data)


def tensor(description, chunks):
    chunk_size, kind = description.pop("chunk_size"), description["type"]
    require(chunk_size > 0 and chunk_size % SIZES[kind] == 0, "chunk size")
    left = SIZES[kind]
    for dimension in description["shape"]:
        left *= dimension
    data = bytearray()
    while left > 0:
        expected = min(left, chunk_size)
        data += chunk_bytes(chunks.pop(0), kind, expected)
        left -= expected
    return {"name": description["name"], "type": kind, "shape": description["shape"], "bytes": data.hex()}


def read(file):
    require(file[:8] == b"\x89NNK\r\n\x1a\n", "signature")
    major, minor, check = struct.unpack_from("<HHI", file, 8)
    require(zlib.crc32(file[:12]) == check, "checksum of the header")
    index_at, size, check, mark = struct.unpack("<QQI4s", file[-24:])
    require(zlib.crc32(file[-24:-8]) == check and mark == b"KNN\x89" and size == len(file), "trailer")
    kind, payload, _, end = section(file, index_at)
    require(kind == "INDX" and end == len(file) - 24, "place of the index")
    index = structured(payload)
    at, parts, chunks, others = 16, {}, [], []
    for listed in index["sections"]:
        kind, payload, check, at = section(file, at)
        require(listed == [kind, len(payload), check], "index and section differ")
        if kind == "CHNK":
            chunks.append(payload)
        elif kind in ("TOPO", "hIST", "mETA", "tRST"):
            require(kind not in parts, "a section twice")
            parts[kind] = structured(payload)
        else:
            others.append([kind, payload.hex()])
    require(at == index_at, "bytes between sections and index")
    tensors = [tensor(description, chunks) for description in index["tensors"]]
    state = [tensor(description, chunks) for description in index.get("state_tensors", [])]
    require(not chunks, "chunks left over")
    require("tRST" in parts or not state, "tensors of a training state without one")
    return {"version": [major, minor], "topology": parts.get("TOPO"), "history": parts.get("hIST"),
            "metadata": parts.get("mETA"), "others": others, "tensors": tensors,
            "state": {"values": parts["tRST"], "tensors": state} if "tRST" in parts else None}


with open(sys.argv[1], "rb") as handle:
    print(json.dumps(read(handle.read()), ensure_ascii=True, separators=(",", ":")))
