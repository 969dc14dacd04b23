"""An encoder of the .nnk format for test vectors: exact bytes on every machine, and able to write every mistake.

Compressed streams are made here instead of by zlib, whose output may change between its versions.
"""

import binascii
import struct
import zlib

SIGNATURE = bytes.fromhex("894e4e4b0d0a1a0a")
END_MARK = bytes.fromhex("4b4e4e89")
VERSION = (1, 0)


def crc(data):
    return struct.pack("<I", binascii.crc32(data))


# Structured values


class Raw:
    """Bytes that go into an encoding as they are."""

    def __init__(self, data):
        self.data = bytes(data)


class Pairs:
    """An object whose fields are in the order given, right or wrong."""

    def __init__(self, *pairs):
        self.pairs = pairs


def head(major, argument):
    """A CBOR head with the shortest argument."""
    for code, limit, layout in ((24, 1 << 8, ">B"), (25, 1 << 16, ">H"), (26, 1 << 32, ">I"), (27, 1 << 64, ">Q")):
        if argument < 24:
            return bytes([major << 5 | argument])
        if argument < limit:
            return bytes([major << 5 | code]) + struct.pack(layout, argument)
    raise ValueError(argument)


def cbor(value):
    if isinstance(value, Raw):
        return value.data
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + (b"\x7f\xf8" + bytes(6) if value != value else struct.pack(">d", value))
    if isinstance(value, str):
        data = value.encode("utf-8")
        return head(3, len(data)) + data
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    if isinstance(value, dict):
        order = sorted(value, key=lambda name: (len(name.encode("utf-8")), name.encode("utf-8")))
        value = Pairs(*((name, value[name]) for name in order))
    return head(5, len(value.pairs)) + b"".join(cbor(name) + cbor(item) for name, item in value.pairs)


# zlib streams (RFC 1950 and RFC 1951)


def stored(data, block=65535, cmf=0x78):
    """A zlib stream of stored blocks."""
    flags = (31 - cmf * 256 % 31) % 31
    parts = [data[at : at + block] for at in range(0, len(data), block)] or [b""]
    out = bytes([cmf, flags])
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        out += struct.pack("<BHH", last, len(part), len(part) ^ 0xFFFF) + part
    return out + struct.pack(">I", zlib.adler32(data))


def fixed(data):
    """A zlib stream of one block with fixed Huffman codes, and matches of distance 1 for runs."""
    bits = []

    def put(value, count):
        bits.extend(value >> index & 1 for index in range(count))

    def code(symbol):
        # Codes, unlike other fields, are written with their most significant bit first (RFC 1951, 3.2.6).
        for low, high, first, count in ((0, 143, 0x30, 8), (144, 255, 0x190, 9), (256, 279, 0, 7), (280, 287, 0xC0, 8)):
            if low <= symbol <= high:
                bits.extend(first + symbol - low >> index & 1 for index in reversed(range(count)))

    put(0b011, 3)
    at = 0
    while at < len(data):
        run = 0
        while at > 0 and run < 258 and at + run < len(data) and data[at + run] == data[at - 1]:
            run += 1
        if run == 258:
            code(285)
            put(0, 5)
            at += 258
        elif run >= 3:
            # Length code 257 stands for 3; up to 10 each length has its own.
            run = min(run, 10)
            code(254 + run)
            put(0, 5)
            at += run
        else:
            code(data[at])
            at += 1
    code(256)
    put(0, -len(bits) % 8)
    packed = bytes(
        sum(bit << index for index, bit in enumerate(bits[start : start + 8])) for start in range(0, len(bits), 8)
    )
    return b"\x78\x01" + packed + struct.pack(">I", zlib.adler32(data))


def structured(value, declared=None, stream=None, tail=b"", compress=stored):
    """The payload of a structured section."""
    data = cbor(value)
    stream = compress(data) if stream is None else stream
    return struct.pack("<Q", len(data) if declared is None else declared) + stream + tail


# Chunks


def raw_chunk(data, padding=b""):
    return b"\x00" + padding + data


def planes_of(data, size, rotated):
    """Byte planes, the most significant first."""
    planes = [bytearray() for _ in range(size)]
    for at in range(0, len(data), size):
        bits = int.from_bytes(data[at : at + size], "little")
        if rotated:
            bits = (bits << 1 | bits >> 8 * size - 1) & (1 << 8 * size) - 1
        for number, byte in enumerate(bits.to_bytes(size, "big")):
            planes[number].append(byte)
    return list(map(bytes, planes))


STORED, ZLIB, CONSTANT = 0, 1, 2


def plane_chunk(coding, planes, tail=b""):
    """A chunk of planes, each a pair of method and bytes, or of method, bytes and a length that may lie."""
    out = bytes([coding])
    for plane in planes:
        out += struct.pack("<BI", plane[0], plane[2] if len(plane) > 2 else len(plane[1]))
    return out + b"".join(plane[1] for plane in planes) + tail


def planes_chunk(data, size, rotated=False, methods=None, compress=stored):
    """A chunk of planes whose methods are given, or all stored."""
    coded = []
    for plane, method in zip(planes_of(data, size, rotated), methods or [STORED] * size):
        coded.append((method, {STORED: plane, ZLIB: compress(plane), CONSTANT: plane[:1]}[method]))
    return plane_chunk(2 if rotated else 1, coded)


# Files


class Section:
    """A section; what differs from the truth is given apart from it."""

    def __init__(self, kind, payload, frame=None, indexed=None, header_crc=None, payload_crc=None):
        self.kind, self.payload = kind, payload
        self.frame = frame or (kind.encode("latin-1"), len(payload))
        self.indexed = indexed or [kind, len(payload), binascii.crc32(payload)]
        self.header_crc, self.payload_crc = header_crc, payload_crc

    def encoded(self):
        kind, length = self.frame
        front = kind + struct.pack("<Q", length)
        return front + (self.header_crc or crc(front)) + self.payload + (self.payload_crc or crc(self.payload))


def header(signature=SIGNATURE, version=VERSION, checksum=None):
    front = signature + struct.pack("<HH", *version)
    return front + (checksum or crc(front))


def trailer(index_offset, size, checksum=None, mark=END_MARK):
    front = struct.pack("<QQ", index_offset, size)
    return front + (checksum or crc(front)) + mark


def tensor(name, kind, shape, chunk_size=1 << 20, **more):
    """A tensor's entry of the index."""
    return {"name": name, "type": kind, "shape": shape, "chunk_size": chunk_size, **more}


def file(sections=(), tensors=(), state=None, index=None, index_section=None, start=None, end=None, compress=stored):
    """A complete file.

    index replaces the value of the index; index_section makes its section from the index's payload; start replaces
    the header; end makes the trailer from the index's offset and the file's size.
    """
    body = start or header()
    for section in sections:
        body += section.encoded()
    if index is None:
        index = {"sections": [section.indexed for section in sections], "tensors": list(tensors)}
        if state is not None:
            index["state_tensors"] = state
    section = (index_section or (lambda payload: Section("INDX", payload)))(structured(index, compress=compress))
    offset = len(body)
    body += section.encoded()
    return body + (end or trailer)(offset, len(body) + 24)
