#!/usr/bin/env python3
"""Reads nnkit model files, version 1.0, as specs/format.md defines them. Standard library only.

    python3 read_nnk.py FILE... [--values] [--limit NAME=NUMBER]...

Prints one line of JSON per file: its content, or {"error": ...} with code, section and tensor. --values adds the values
of all tensors; every byte is verified with and without it. Exit status: 0, 65 if a file is bad, 66 if one cannot be
read, 64 for wrong arguments.
"""

import argparse
import json
import os
import struct
import sys
import zlib

SIGNATURE = bytes.fromhex("894e4e4b0d0a1a0a")
END_MARK = bytes.fromhex("4b4e4e89")
KNOWN = ("TOPO", "mETA", "hIST", "tRST", "CHNK", "INDX")
LAYOUTS = {
    "f64": "d", "f32": "f", "f16": "e", "bf16": "H", "i8": "b", "i16": "h", "i32": "i", "i64": "q",
    "u8": "B", "u16": "H", "u32": "I", "u64": "Q", "bool": "B",
}  # fmt: skip
ROTATABLE = ("f64", "f32", "f16", "bf16")
LIMITS = {
    "tensor_count": 1 << 18, "rank": 32, "section_count": 1 << 19, "chunk_size": 1 << 23,
    "structured_section_size": 1 << 27, "value_count": 1 << 22, "total_tensor_size": 1 << 36, "nesting": 32,
}  # fmt: skip


class FormatError(Exception):
    """What is wrong with a file, and where."""

    def __init__(self, code, message, section=None, tensor=None):
        super().__init__(message)
        self.code, self.section, self.tensor = code, section, tensor


class place:
    """Gives the errors inside a section and tensor, where they do not have them yet."""

    def __init__(self, section=None, tensor=None):
        self.section, self.tensor = section, tensor

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _):
        if isinstance(error, FormatError):
            error.section = self.section if error.section is None else error.section
            error.tensor = self.tensor if error.tensor is None else error.tensor
        return False


def require(condition, code, message, section=None, tensor=None):
    if not condition:
        raise FormatError(code, message, section, tensor)


def u32(data, at):
    return struct.unpack_from("<I", data, at)[0]


def u64(data, at):
    return struct.unpack_from("<Q", data, at)[0]


def inflate(stream, size):
    """The content of a zlib stream, which must be of that size and end with the bytes given."""
    inflater = zlib.decompressobj()
    try:
        # One byte more than allowed shows a stream that holds too much.
        data = inflater.decompress(stream, size + 1)
    except zlib.error as error:
        raise FormatError("damaged-stream", str(error)) from None
    require(len(data) <= size, "damaged-stream", f"more than {size} bytes in a zlib stream")
    require(inflater.eof, "damaged-stream", "an incomplete zlib stream")
    require(len(data) == size, "damaged-stream", f"{len(data)} bytes in a zlib stream instead of {size}")
    require(not inflater.unused_data, "trailing-bytes", "bytes after a zlib stream")
    return data


# Structured values (section 6). Byte strings are bytes, arrays lists, objects dicts.


class Decoder:
    def __init__(self, data, limits):
        self.data, self.at, self.count = data, 0, 1
        self.nesting, self.most = limits["nesting"], limits["value_count"]

    def whole(self):
        require(self.count <= self.most, "limit-exceeded", f"more than {self.most} values")
        value = self.value(0)
        require(self.at == len(self.data), "malformed-value", "bytes after the value")
        return value

    def take(self, count):
        require(count <= len(self.data) - self.at, "malformed-value", f"{count} bytes are missing at {self.at}")
        self.at += count
        return self.data[self.at - count : self.at]

    def argument(self, initial):
        short = initial & 31
        if short < 24:
            return short
        require(short <= 27, "malformed-value", f"initial byte {initial:#x}")
        argument = int.from_bytes(self.take(1 << short - 24), "big")
        least = (24, 1 << 8, 1 << 16, 1 << 32)[short - 24]
        require(argument >= least, "malformed-value", f"{argument} is not in its shortest form")
        return argument

    def string(self, initial):
        try:
            return self.take(self.argument(initial)).decode("utf-8")
        except UnicodeDecodeError:
            raise FormatError("malformed-value", "invalid UTF-8") from None

    def value(self, depth):
        require(depth <= self.nesting, "limit-exceeded", f"values nested more than {self.nesting} deep")
        initial = self.take(1)[0]
        major = initial >> 5
        if major == 7:
            return self.simple(initial)
        require(major != 6, "malformed-value", "a tag")
        if major == 3:
            return self.string(initial)
        argument = self.argument(initial)
        if major <= 1:
            require(argument < 1 << 63, "malformed-value", f"the integer {argument} has more than 64 bits")
            return -1 - argument if major else argument
        if major == 2:
            return self.take(argument)
        least = 1 if major == 4 else 2
        require(argument * least <= len(self.data) - self.at, "malformed-value", f"{argument} elements are missing")
        self.count += argument
        require(self.count <= self.most, "limit-exceeded", f"more than {self.most} values")
        if major == 4:
            return [self.value(depth + 1) for _ in range(argument)]
        return self.fields(argument, depth)

    def simple(self, initial):
        if initial in (0xF4, 0xF5):
            return initial == 0xF5
        require(initial == 0xFB, "malformed-value", f"initial byte {initial:#x}")
        data = self.take(8)
        number = struct.unpack(">d", data)[0]
        require(number == number or data == b"\x7f\xf8" + bytes(6), "malformed-value", "another NaN")
        return number

    def fields(self, count, depth):
        fields, last = {}, None
        for _ in range(count):
            initial = self.take(1)[0]
            require(initial >> 5 == 3, "malformed-value", "a name that is no string")
            name = self.string(initial)
            order = (len(name.encode()), name.encode())
            require(last is None or last < order, "malformed-value", f"the name {name!r} is out of order")
            fields[name], last = self.value(depth + 1), order
        return fields


# Fields (section 7)


def check(value, kind, what):
    """The value, if it is of that kind. A boolean is no integer here."""
    require(type(value) is kind, "invalid-field", f"{what} is not of kind {kind.__name__}")
    return value


def field(fields, name, kind):
    require(name in fields, "invalid-field", f"no field {name}")
    return check(fields[name], kind, name)


def objects(fields, name):
    return [check(item, dict, name) for item in field(fields, name, list)]


def shape(fields, name):
    dimensions = [check(item, int, name) for item in field(fields, name, list)]
    require(all(size >= 0 for size in dimensions), "invalid-field", f"a negative dimension in {name}")
    return dimensions


def number_text(value):
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)


def attribute(value):
    if type(value) is bool:
        return {"boolean": value}
    if type(value) is int:
        return {"integer": str(value)}
    if type(value) is float:
        return {"number": number_text(value)}
    if type(value) is str:
        return {"string": value}
    require(type(value) is list, "invalid-field", "an attribute that is a byte string or an object")
    return {"list": [attribute(item) for item in value]}


def attributes(fields):
    return [{"name": name, **attribute(value)} for name, value in fields.items()]


def topology(fields, limits):
    preprocessing = field(fields, "preprocessing", dict)
    layers = [
        {
            "kind": field(layer, "kind", str),
            "name": field(layer, "name", str),
            "output_shape": shape(layer, "output_shape"),
            "attributes": attributes(field(layer, "attributes", dict)),
            "parameters": [
                {"role": field(item, "role", str), "tensor": field(item, "tensor", str)}
                for item in objects(layer, "parameters")
            ],
        }
        for layer in objects(fields, "layers")
    ]
    names = field(fields, "class_names", list) if "class_names" in fields else []
    result = {
        "input_shape": shape(fields, "input_shape"),
        "preprocessing": {key: number_text(field(preprocessing, key, float)) for key in ("scale", "offset")},
        "layers": layers,
        "loss": field(fields, "loss", str) if "loss" in fields else None,
        "class_names": [check(name, str, "class_names") for name in names],
    }
    for sizes in [result["input_shape"]] + [layer["output_shape"] for layer in layers]:
        require(len(sizes) <= limits["rank"], "limit-exceeded", f"a shape of {len(sizes)} dimensions")
    return result


def history(fields):
    columns = [(field(item, "name", str), field(item, "values", bytes)) for item in objects(fields, "columns")]
    require(all(len(data) % 8 == 0 for _, data in columns), "invalid-history", "a column with a part of a value")
    require(len({len(data) for _, data in columns}) <= 1, "invalid-history", "columns of different lengths")
    require(len({name for name, _ in columns}) == len(columns), "invalid-history", "two columns of one name")
    return [
        {"name": name, "values": [number_text(value) for (value,) in struct.iter_unpack("<d", data)]}
        for name, data in columns
    ]


# The file


class Tensor:
    """A tensor's entry of the index (section 8)."""

    def __init__(self, fields, limits):
        self.name, self.kind = field(fields, "name", str), field(fields, "type", str)
        with place(tensor=self.name):
            require(self.kind in LAYOUTS, "invalid-tensor", f"the type {self.kind!r}")
        self.element_size = struct.calcsize("<" + LAYOUTS[self.kind])
        self.shape, self.size = shape(fields, "shape"), self.element_size
        with place(tensor=self.name):
            require(len(self.shape) <= limits["rank"], "limit-exceeded", f"rank {len(self.shape)}")
            require(1 <= len(self.name.encode()) <= 65_535, "invalid-tensor", "the length of the name")
            # Smallest first: a product with a 0 stays 0, and a large one is given up early.
            for dimension in sorted(self.shape):
                self.size *= dimension
                require(self.size < 1 << 63, "invalid-tensor", f"the shape {self.shape}")
        self.chunk_size = field(fields, "chunk_size", int)
        require(self.chunk_size >= 0, "invalid-field", "a negative chunk size")
        with place(tensor=self.name):
            whole = self.chunk_size > 0 and self.chunk_size % self.element_size == 0
            require(whole, "invalid-field", f"the chunk size {self.chunk_size}")
        self.chunk_count = -(-self.size // self.chunk_size)
        self.sections = []

    def json(self, data):
        result = {"name": self.name, "type": self.kind, "shape": self.shape}
        if data is not None:
            numbers = [number for (number,) in struct.iter_unpack("<" + LAYOUTS[self.kind], data)]
            if self.kind == "bf16":
                numbers = [struct.unpack("<f", struct.pack("<I", bits << 16))[0] for bits in numbers]
            if self.kind == "bool":
                texts = ["true" if number else "false" for number in numbers]
            else:
                texts = [number_text(number) if self.kind in ROTATABLE else str(number) for number in numbers]
            result.update(bytes=data.hex(), values=texts)
        return result


class Reader:
    def __init__(self, source, limits):
        self.source, self.limits = source, limits
        self.size = source.seek(0, os.SEEK_END)
        self.header()
        self.sections, self.tensors, self.state_tensors = [], [], []
        offset = self.trailer()
        with place("INDX"):
            length = self.size - 44 - offset
            self.index(self.structured(self.held("INDX", offset, length, None)), offset)

    def read(self, offset, count):
        self.source.seek(offset)
        data = self.source.read(count)
        require(len(data) == count, "truncated", f"{count} bytes at {offset}")
        return data

    def header(self):
        with place("header"):
            data = self.read(0, min(16, self.size))
            if not data.startswith(SIGNATURE):
                cut = 0 < len(data) < 8 and SIGNATURE.startswith(data)
                raise FormatError("truncated" if cut else "not-a-model", "the signature")
            require(len(data) == 16, "truncated", "a header of 16 bytes")
            require(zlib.crc32(data[:12]) == u32(data, 12), "checksum-mismatch", "the header's checksum")
            major, minor = struct.unpack_from("<HH", data, 8)
            self.version = f"{major}.{minor}"
            require(major == 1, "unsupported-version", f"version {self.version}")

    def trailer(self):
        """The offset of the index (section 10)."""
        data = self.read(self.size - 24, 24) if self.size >= 40 else bytes(24)
        sound = zlib.crc32(data[:16]) == u32(data, 16)
        marked, sized = data[20:] == END_MARK, u64(data, 8) == self.size
        if not (marked or (sound and sized)):
            raise self.walk()
        with place("trailer"):
            require(sound, "checksum-mismatch", "the trailer's checksum")
            require(marked, "inconsistent-layout", "the end mark")
            require(sized, "inconsistent-layout", f"a file of {u64(data, 8)} bytes that has {self.size}")
            offset = u64(data, 0)
            require(16 <= offset <= self.size - 44, "inconsistent-layout", f"an index at {offset}")
        return offset

    def walk(self):
        """Why there is no trailer."""
        at = 16
        while at + 16 <= self.size:
            frame = self.read(at, 16)
            kind, length = frame[:4], u64(frame, 4)
            if zlib.crc32(frame[:12]) != u32(frame, 12) or not kind.isalpha() or length >= 1 << 63:
                break
            at += length + 20
            if at > self.size:
                return FormatError("truncated", "a section that goes on after the end", kind.decode())
            if kind == b"INDX":
                if self.size - at > 24:
                    return FormatError("trailing-bytes", "bytes after the trailer", "trailer")
                break
        return FormatError("truncated", "no trailer", "trailer")

    def section(self, kind, offset, length, checksum):
        """The payload of a section, verified (section 5)."""
        with place(kind):
            frame = self.read(offset, 16)
            require(zlib.crc32(frame[:12]) == u32(frame, 12), "checksum-mismatch", "the frame's checksum")
            fits = frame[:4] == kind.encode() and u64(frame, 4) == length
            require(fits, "inconsistent-layout", f"the frame at {offset} and the index differ")
            payload, stored = self.read(offset + 16, length), u32(self.read(offset + 16 + length, 4), 0)
            found = zlib.crc32(payload)
            require(found == stored == (stored if checksum is None else checksum), "checksum-mismatch", "the payload")
            return payload

    def held(self, kind, offset, length, checksum):
        """The payload of a section that is held in memory as a whole."""
        limit = self.limits["structured_section_size"]
        require(length <= limit + limit // 1000 + 64, "limit-exceeded", f"a section of {length} bytes", kind)
        return self.section(kind, offset, length, checksum)

    def structured(self, payload):
        require(len(payload) >= 8, "truncated", "a size of 8 bytes")
        size = u64(payload, 0)
        require(size <= self.limits["structured_section_size"], "limit-exceeded", f"a value of {size} bytes")
        require(size // 1032 <= len(payload) - 8, "limit-exceeded", f"{size} bytes from {len(payload) - 8}")
        value = Decoder(inflate(payload[8:], size), self.limits).whole()
        return check(value, dict, "the outermost value")

    def index(self, fields, end):
        entries, offset = field(fields, "sections", list), 16
        require(len(entries) <= self.limits["section_count"], "limit-exceeded", f"{len(entries)} sections")
        for entry in entries:
            good = type(entry) is list and [type(part) for part in entry] == [str, int, int]
            good = good and len(entry[0].encode()) == 4 and entry[0].isascii() and entry[0].isalpha()
            require(good and entry[1] >= 0 and 0 <= entry[2] < 1 << 32, "invalid-field", f"the section {entry}")
            kind, length, checksum = entry
            require(kind != "INDX", "inconsistent-layout", "an index among the sections")
            require(offset + length + 20 <= end, "inconsistent-layout", "a section after the index", kind)
            self.sections.append((kind, offset, length, checksum))
            offset += length + 20
        require(offset == end, "inconsistent-layout", f"sections end at {offset}, not at {end}")
        for kind, _, _, _ in self.sections:
            known = kind in KNOWN or kind[0].islower()
            require(known, "unsupported-section", f"the required section {kind}", kind)
        total = 0
        for name, held in (("tensors", self.tensors), ("state_tensors", self.state_tensors)):
            if name == "tensors" or name in fields:
                total = self.directory(objects(fields, name), held, total)
        chunks = [section for section in self.sections if section[0] == "CHNK"]
        needed = sum(tensor.chunk_count for tensor in self.tensors + self.state_tensors)
        require(len(chunks) == needed, "inconsistent-layout", f"{len(chunks)} chunks instead of {needed}")
        for tensor in self.tensors + self.state_tensors:
            tensor.sections, chunks = chunks[: tensor.chunk_count], chunks[tensor.chunk_count :]

    def directory(self, entries, held, total):
        count = len(self.tensors) + len(entries)
        require(count <= self.limits["tensor_count"], "limit-exceeded", f"{count} tensors")
        names = set()
        for fields in entries:
            tensor = Tensor(fields, self.limits)
            with place(tensor=tensor.name):
                require(tensor.name not in names, "duplicate-tensor", "a name that occurs twice")
                total += tensor.size
                require(total <= self.limits["total_tensor_size"], "limit-exceeded", f"{total} bytes of tensors")
            names.add(tensor.name)
            held.append(tensor)
        return total

    def only(self, kind):
        """The value of a section that may occur once; None without it."""
        found = [section for section in self.sections if section[0] == kind]
        require(len(found) <= 1, "inconsistent-layout", f"{len(found)} sections {kind}", kind)
        return self.structured(self.held(*found[0])) if found else None

    def part(self, kind, convert, default):
        with place(kind):
            fields = self.only(kind)
            return default if fields is None else convert(fields)

    def values(self, tensor, kept):
        """The bytes of a tensor's values (section 9). All chunks are verified; the values are kept only if asked for."""
        data, position = bytearray(), 0
        with place(tensor=tensor.name):
            for number, (_, _, length, _) in enumerate(tensor.sections):
                size = min(tensor.chunk_size, tensor.size - number * tensor.chunk_size)
                planes = length >= 1 + 6 * tensor.element_size
                require(planes or size // 1032 <= length, "limit-exceeded", f"{size} bytes from {length}")
            size = min(tensor.chunk_size, tensor.size)
            stored = max((length for _, _, length, _ in tensor.sections), default=0)
            largest = max(size, stored - 64)
            if largest > self.limits["chunk_size"]:
                # A single raw chunk is no larger than what is stored.
                alone = tensor.chunk_count == 1 and size < stored <= size + 64
                raw = alone and self.section(*tensor.sections[0])[0] == 0
                require(raw, "limit-exceeded", f"a chunk of {largest} bytes")
            for section in tensor.sections:
                size = min(tensor.chunk_size, tensor.size - position)
                with place("CHNK"):
                    part = chunk(self.section(*section), tensor, size)
                    fits = tensor.kind != "bool" or max(part) <= 1
                    require(fits, "invalid-tensor", "a boolean that is neither 0 nor 1")
                data += part if kept else b""
                position += size
        return bytes(data) if kept else None

    def content(self, with_values):
        result = {"version": self.version}
        result["topology"] = self.part("TOPO", lambda fields: topology(fields, self.limits), None)
        result["history"] = self.part("hIST", history, [])
        result["metadata"] = self.part("mETA", attributes, [])
        state = self.part("tRST", attributes, None)
        lone = state is None and self.state_tensors
        require(not lone, "inconsistent-layout", "state tensors without tRST", "INDX")
        loaded = [[], []]
        for tensors, result_list in zip((self.tensors, self.state_tensors), loaded):
            for tensor in tensors:
                result_list.append(tensor.json(self.values(tensor, with_values)))
        result["tensors"] = loaded[0]
        result["training_state"] = None if state is None else {"values": state, "tensors": loaded[1]}
        result["unknown_sections"] = [
            {"type": kind, "safe_to_copy": kind[3].islower(), "payload": self.held(kind, *more).hex()}
            for kind, *more in self.sections
            if kind not in KNOWN
        ]
        return result


def chunk(payload, tensor, size):
    """The values of a chunk."""
    require(payload, "truncated", "an empty chunk")
    coding = payload[0]
    if coding == 0:
        padding = len(payload) - 1 - size
        require(0 <= padding <= 63, "damaged-stream", f"{len(payload) - 1} bytes for {size} of values")
        require(not any(payload[1 : 1 + padding]), "damaged-stream", "padding that is not 0")
        return payload[1 + padding :]
    fits = coding == 1 or (coding == 2 and tensor.kind in ROTATABLE)
    require(fits, "damaged-stream", f"coding {coding} for type {tensor.kind}")
    width = tensor.element_size
    count, at = size // width, 1 + 5 * width
    require(len(payload) >= at, "truncated", "the headers of the planes")
    data = bytearray(size)
    for number in range(width):
        method, length = struct.unpack_from("<BI", payload, 1 + 5 * number)
        require(length <= len(payload) - at, "truncated", f"plane {number}")
        # The most significant byte of a little-endian element is its last.
        data[width - 1 - number :: width] = plane(method, payload[at : at + length], count)
        at += length
    require(at == len(payload), "trailing-bytes", "bytes after the planes")
    if coding == 2:
        bits = 8 * width
        layout = "<%d%s" % (count, {2: "H", 4: "I", 8: "Q"}[width])
        rotated = struct.unpack(layout, data)
        return struct.pack(layout, *(value >> 1 | (value & 1) << bits - 1 for value in rotated))
    return bytes(data)


def plane(method, stored, count):
    require(method <= 2, "damaged-stream", f"method {method}")
    if method == 1:
        return inflate(stored, count)
    require(len(stored) == (1 if method else count), "damaged-stream", f"{len(stored)} bytes of a plane of {count}")
    return stored * count if method else stored


def main():
    parser = argparse.ArgumentParser(description="Reads nnkit model files and prints their content as JSON.")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--values", action="store_true", help="print the values of all tensors")
    parser.add_argument("--limit", action="append", default=[], metavar="NAME=NUMBER", help=", ".join(LIMITS))
    parser.error = lambda message: (print(f"read_nnk.py: {message}", file=sys.stderr), sys.exit(64))
    options = parser.parse_args()
    limits, status = dict(LIMITS), 0
    for limit in options.limit:
        name, _, number = limit.partition("=")
        if name not in LIMITS or not number.isdecimal():
            parser.error(f"no limit {limit!r}; there are {', '.join(LIMITS)}")
        limits[name] = int(number)
    for path in options.files:
        try:
            with open(path, "rb") as source:
                result = Reader(source, limits).content(options.values)
        except FormatError as error:
            result = {"error": {"code": error.code, "section": error.section, "tensor": error.tensor}}
            print(f"{path}: {error.code} ({error.section}, tensor {error.tensor!r}): {error}", file=sys.stderr)
            status = status or 65
        except OSError as error:
            result = {"error": {"code": "file", "section": None, "tensor": None}}
            print(f"{path}: {error.strerror}", file=sys.stderr)
            status = 66
        print(json.dumps(result))
    return status


if __name__ == "__main__":
    sys.exit(main())
