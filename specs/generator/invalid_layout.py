"""Invalid vectors of header, trailer, frames and index. Each has one fault, unless its description says two."""

import struct

from .content import packed
from .encoding import Pairs, Section, crc, file, fixed, header, raw_chunk, structured, tensor, trailer

WEIGHT = tensor("w", "f32", [2])
CHUNK = Section("CHNK", raw_chunk(packed("f32", [1.0, -2.5])))
META = Section("mETA", structured({"id": 7}))
BAD = b"\x12\x34\x56\x78"


def case(name, about, data, code, section, tensor=None, **limits):
    return name, about, data, {"code": code, "section": section, "tensor": tensor}, limits


def sound():
    return file([META, CHUNK], [WEIGHT])


def flipped(data, at, bit=0):
    data = bytearray(data)
    data[at] ^= 1 << bit
    return bytes(data)


def header_cases():
    good = sound()
    signature = good[:8]
    for name, about, data in (
        ("file-empty", "A file of no bytes.", b""),
        ("signature-other", "Another format's signature.", b"\x89PNG" + good[4:]),
        ("signature-crlf", "Line ends converted from CR LF to LF.", good.replace(b"\r\n", b"\n")),
        ("signature-lf", "Line ends converted from LF to CR LF.", good[:7] + b"\r\n" + good[8:]),
        ("signature-high-bit", "A high bit cleared in transfer.", b"\x09" + good[1:]),
        ("signature-bit", "A bit of the signature flipped.", flipped(good, 7, 5)),
        ("gzip", "A gzip file.", bytes.fromhex("1f8b08000000000000030300000000000000000000")),
        ("text", "A text.", b"this is no model\n"),
    ):
        yield case(name, about, data, "not-a-model", "header")
    yield case("cut-1", "The first byte of a model.", signature[:1], "truncated", "header")
    yield case("cut-7", "The first 7 bytes of a model.", signature[:7], "truncated", "header")
    yield case("cut-8", "The signature alone.", signature, "truncated", "header")
    yield case("cut-15", "A header without its last byte.", good[:15], "truncated", "header")
    yield case("header-checksum", "A wrong checksum of the header.", file(start=header(checksum=BAD)),
               "checksum-mismatch", "header")  # fmt: skip
    yield case("header-bit", "A bit of the version flipped.", flipped(good, 10), "checksum-mismatch", "header")
    for version in ((0, 1), (0, 2), (0, 65535), (2, 0), (256, 0), (65535, 65535)):
        yield case("version-%d-%d" % version, "A version that is not supported.",
                   file([META], start=header(version=version)), "unsupported-version", "header")  # fmt: skip


def end_cases():
    good = sound()
    size, index = len(good), struct.unpack_from("<Q", good, len(good) - 24)[0]
    chunk = 16 + len(META.encoded())
    yield case("cut-16", "A header alone.", good[:16], "truncated", "trailer")
    yield case("cut-frame", "The file ends inside of a frame's header.", good[:30], "truncated", "trailer")
    yield case("cut-metadata", "The file ends inside of the metadata.", good[:50], "truncated", "mETA")
    yield case("cut-chunk", "The file ends inside of a chunk.", good[: chunk + 20], "truncated", "CHNK")
    yield case("cut-before-index", "The file ends before the index.", good[:index], "truncated", "trailer")
    yield case("cut-index", "The file ends inside of the index.", good[: size - 30], "truncated", "INDX")
    yield case("cut-before-trailer", "The trailer is missing.", good[: size - 24], "truncated", "trailer")
    yield case("cut-last", "The last byte is missing.", good[: size - 1], "truncated", "trailer")
    frame = lambda kind, length: kind + struct.pack("<Q", length) + crc(kind + struct.pack("<Q", length))
    yield case("walk-letters", "No trailer, and a frame whose type is no letters.", good[:16] + frame(b"m3TA", 1 << 40),
               "truncated", "trailer")  # fmt: skip
    yield case("walk-length", "No trailer, and a frame with a length of 2^63.", good[:16] + frame(b"mETA", 1 << 63),
               "truncated", "trailer")  # fmt: skip
    yield case("walk-optional", "No trailer, and a section of an unknown type that is cut.", good[:16] + frame(b"zzZz", 1 << 40),
               "truncated", "zzZz")  # fmt: skip
    yield case("trailer-alone", "A header and a trailer, and no room for an index.", header() + trailer(16, 40),
               "inconsistent-layout", "trailer")  # fmt: skip
    yield case("trailer-mark-size", "A right checksum of the trailer, with another mark and size.",
               file(end=lambda at, size: trailer(at, size + 1, mark=b"KNN\x09")), "truncated", "trailer")  # fmt: skip
    yield case("appended-byte", "A byte after the end.", good + b"\0", "trailing-bytes", "trailer")
    yield case("appended-text", "A text after the end.", good + b"\n<!-- sent by mail -->\n", "trailing-bytes", "trailer")
    yield case("appended-zeros", "A block of zeros after the end.", good + bytes(512), "trailing-bytes", "trailer")
    yield case("twice", "The file, twice in a row.", good + good, "inconsistent-layout", "trailer")
    yield case("without-middle", "Bytes are missing in the middle.", good[:60] + good[64:],
               "inconsistent-layout", "trailer")  # fmt: skip
    yield case("trailer-checksum", "A wrong checksum of the trailer.",
               file(end=lambda *it: trailer(*it, checksum=BAD)), "checksum-mismatch", "trailer")  # fmt: skip
    yield case("trailer-bit", "A bit of the index's offset flipped.", flipped(good, size - 24), "checksum-mismatch", "trailer")
    yield case("end-mark", "Another end mark.", file(end=lambda *it: trailer(*it, mark=b"KNN\x09")),
               "inconsistent-layout", "trailer")  # fmt: skip
    for name, about, shift in (("size-less", "The trailer names a smaller file.", -1),
                               ("size-more", "The trailer names a larger file.", 1 << 63)):  # fmt: skip
        yield case("trailer-" + name, about, file(end=lambda at, size: trailer(at, size + shift)),
                   "inconsistent-layout", "trailer")  # fmt: skip
    for name, about, place in (
        ("zero", "The index at offset 0.", lambda at, size: 0),
        ("header", "The index inside of the header.", lambda at, size: 15),
        ("late", "The index so late that its frame does not fit.", lambda at, size: size - 43),
        ("trailer", "The index in the trailer.", lambda at, size: size - 24),
        ("outside", "The index after the file.", lambda at, size: 1 << 40),
        ("huge", "The index at 2^64 - 1.", lambda at, size: 2**64 - 1),
    ):
        yield case("index-offset-" + name, about, file([META], end=lambda at, size: trailer(place(at, size), size)),
                   "inconsistent-layout", "trailer")  # fmt: skip
    yield case("index-offset-section", "The index's offset is that of another section.",
               file([META], end=lambda at, size: trailer(16, size)), "inconsistent-layout", "INDX")  # fmt: skip
    yield case("index-offset-shifted", "The index's offset is one too large.",
               file([META], end=lambda at, size: trailer(at + 1, size)), "checksum-mismatch", "INDX")  # fmt: skip


def frame_cases():
    def put(about, name, code, section, tensor=None, kind="mETA", payload=None, **faults):
        payload = META.payload if payload is None else payload
        faulty = Section(kind, payload, **faults)
        return case("frame-" + name, about, file([faulty]), code, section, tensor)

    good = sound()
    chunk = 16 + len(META.encoded())
    yield put("A wrong checksum of a frame.", "checksum", "checksum-mismatch", "mETA", header_crc=BAD)
    yield put("A wrong checksum after a payload.", "payload-checksum", "checksum-mismatch", "mETA", payload_crc=BAD)
    yield put("A checksum of the index that is not the payload's.", "indexed-checksum", "checksum-mismatch", "mETA",
              indexed=["mETA", len(META.payload), 1])  # fmt: skip
    yield put("A frame of another type than the index says.", "type", "inconsistent-layout", "mETA",
              frame=(b"hIST", len(META.payload)))  # fmt: skip
    yield put("A frame of another length than the index says.", "length", "inconsistent-layout", "mETA",
              frame=(b"mETA", len(META.payload) + 1))  # fmt: skip
    yield put("A frame whose type is no letters.", "letters", "inconsistent-layout", "mETA",
              frame=(b"m3TA", len(META.payload)))  # fmt: skip
    yield put("A frame with a length of 2^63.", "length-huge", "inconsistent-layout", "mETA", frame=(b"mETA", 1 << 63))
    yield put("An optional section that no one knows is damaged.", "unknown", "checksum-mismatch", "noTe",
              kind="noTe", payload_crc=BAD)  # fmt: skip
    yield case("bit-metadata", "A bit of the metadata flipped.", flipped(good, 40, 3), "checksum-mismatch", "mETA")
    yield case("bit-chunk", "A bit of a chunk flipped.", flipped(good, chunk + 18, 7), "checksum-mismatch", "CHNK", "w")
    yield case("bit-chunk-length", "A bit of a chunk's length flipped.", flipped(good, chunk + 5, 7), "checksum-mismatch",
               "CHNK", "w")  # fmt: skip
    yield case("bit-index", "A bit of the index flipped.", flipped(good, len(good) - 40), "checksum-mismatch", "INDX")
    swapped = [Section("CHNK", raw_chunk(bytes([1, number]))) for number in (1, 2)]
    data = file(swapped, [tensor("a", "u8", [2]), tensor("b", "u8", [2])])
    ends = [16, 16 + 23, 16 + 46]
    yield case("chunks-exchanged", "Two chunks have changed places behind the index's back.",
               data[:16] + data[ends[1] : ends[2]] + data[ends[0] : ends[1]] + data[ends[2] :],
               "checksum-mismatch", "CHNK", "a")  # fmt: skip
    yield case("index-frame-checksum", "A wrong checksum of the index's frame.",
               file(index_section=lambda payload: Section("INDX", payload, header_crc=BAD)),
               "checksum-mismatch", "INDX")  # fmt: skip
    yield case("index-payload-checksum", "A wrong checksum after the index.",
               file(index_section=lambda payload: Section("INDX", payload, payload_crc=BAD)),
               "checksum-mismatch", "INDX")  # fmt: skip
    yield case("index-type", "The index is called otherwise.", file(index_section=lambda payload: Section("INDY", payload)),
               "inconsistent-layout", "INDX")  # fmt: skip
    yield case("index-length", "The index does not reach the trailer.",
               file(index_section=lambda payload: Section("INDX", payload, frame=(b"INDX", len(payload) - 1))),
               "inconsistent-layout", "INDX")  # fmt: skip
    for kind in ("NEWS", "NEWs", "XyZw"):
        yield case("required-" + kind, "A required section that no one knows.", file([Section(kind, b"?")]),
                   "unsupported-section", kind)  # fmt: skip
    yield case("required-type", "A newer minor version announces an element type by a required section.",
               file([Section("TYPE", b""), Section("CHNK", b"\0\1")], [tensor("w", "f8", [1])], start=header(version=(1, 3))),
               "unsupported-section", "TYPE")  # fmt: skip
    yield case("required-case", "A known type whose third letter is small is another type.",
               file([Section("TOpO", META.payload)]), "unsupported-section", "TOpO")  # fmt: skip
    for kind, value in (("TOPO", None), ("mETA", {}), ("hIST", {"columns": []}), ("tRST", {})):
        value = value if value is not None else {
            "input_shape": [1], "layers": [], "preprocessing": {"scale": 1.0, "offset": 0.0}}  # fmt: skip
        yield case("twice-" + kind, "Two sections of a type that may occur once.",
                   file([Section(kind, structured(value))] * 2), "inconsistent-layout", kind)  # fmt: skip


def directory_cases():
    sections, tensors = [CHUNK.indexed], [WEIGHT]

    def put(name, about, code="invalid-field", section="INDX", tensor=None, index=None, held=(CHUNK,), **fields):
        value = {"sections": sections, "tensors": tensors, **fields} if index is None else index
        return case("index-" + name, about, file(held, index=value), code, section, tensor)

    def entry(kind="CHNK", length=len(CHUNK.payload), checksum=CHUNK.indexed[2]):
        return [[kind, length, checksum]]

    yield put("array", "The index is an array.", index=[])
    yield put("no-sections", "The index has no sections.", index={"tensors": tensors})
    yield put("no-tensors", "The index has no tensors.", index={"sections": sections})
    yield put("sections-object", "The sections are an object.", sections={})
    yield put("tensors-string", "The tensors are a string.", tensors="w")
    yield put("tensor-array", "A tensor is an array.", tensors=[["w"]])
    yield put("state-tensors-boolean", "The state's tensors are a boolean.", state_tensors=False)
    yield put("section-object", "A section is an object.", sections=[{}])
    yield put("section-short", "A section without a checksum.", sections=[CHUNK.indexed[:2]])
    yield put("section-long", "A section of four parts.", sections=[CHUNK.indexed + [0]])
    yield put("section-letters", "A section type of three letters and a digit.", sections=entry("CHN1"))
    yield put("section-letters-3", "A section type of three letters.", sections=entry("CHN"))
    yield put("section-letters-accent", "A section type of two letters that take four bytes.", sections=entry("\u00e9\u00e9"))
    yield put("section-length-negative", "A negative length.", sections=entry(length=-1))
    yield put("section-length-number", "A length that is a number, not an integer.", sections=entry(length=9.0))
    yield put("section-checksum-negative", "A negative checksum.", sections=entry(checksum=-1))
    yield put("section-checksum-wide", "A checksum of 33 bits.", sections=entry(checksum=1 << 32))
    yield put("section-length-huge", "A length that overflows any sum.", "inconsistent-layout", "CHNK",
              sections=entry(length=2**63 - 1))  # fmt: skip
    yield put("overlap", "Sections that reach into the index.", "inconsistent-layout", "CHNK",
              sections=entry(length=len(CHUNK.payload) + 1))  # fmt: skip
    yield put("hole", "A byte between the last section and the index.", "inconsistent-layout",
              sections=entry(length=len(CHUNK.payload) - 1))  # fmt: skip
    yield put("unlisted", "A section that the index does not list.", "inconsistent-layout", sections=[], tensors=[])
    yield put("among-sections", "The index lists an index.", "inconsistent-layout", "INDX", held=(CHUNK, Section("INDX", b"")),
              sections=[CHUNK.indexed, ["INDX", 0, 0]])  # fmt: skip
    yield put("order-overrun-part", "Two faults: a section that reaches into the index, and a malformed one after it.",
              "inconsistent-layout", "CHNK", sections=entry(length=1 << 40) + [["CHN", 0, 0]])  # fmt: skip
    yield put("order-index-part", "Two faults: an index among the sections, and a malformed one after it.",
              "inconsistent-layout", sections=[["INDX", 0, 0], ["CHNK", -1, 0]])  # fmt: skip
    yield put("order-hole-required", "Two faults: a required section that no one knows, and a hole after it.",
              "inconsistent-layout", sections=entry("NEWS", len(CHUNK.payload) - 1))  # fmt: skip
    yield put("chunk-missing", "A tensor without its chunk.", "inconsistent-layout", held=(), sections=[])
    yield put("chunk-over", "A chunk that belongs to no tensor.", "inconsistent-layout", tensors=[])
    yield put("chunk-of-empty", "A chunk for a tensor without elements.", "inconsistent-layout",
              tensors=[tensor("w", "f32", [0])])  # fmt: skip
    yield put("chunks-few", "A chunk size that asks for two chunks.", "inconsistent-layout",
              tensors=[tensor("w", "f32", [2], 4)])  # fmt: skip
    yield put("state-alone", "Tensors of a training state that is missing.", "inconsistent-layout", tensors=[],
              state_tensors=tensors)  # fmt: skip


def tensor_cases():
    def put(name, about, code, named, kind="u8", shape=(1,), entry=None, text="w", chunk_size=1 << 20, **more):
        fields = tensor(text, kind, list(shape), chunk_size) if entry is None else entry
        return case("tensor-" + name, about, file([Section("CHNK", b"\0\1")], [fields], **more), code, "INDX", named)

    for missing in ("name", "type", "shape", "chunk_size"):
        fields = {name: value for name, value in WEIGHT.items() if name != missing}
        yield put("no-" + missing, "A tensor without its %s." % missing, "invalid-field", None, entry=fields)
    yield put("name-bytes", "A name that is a byte string.", "invalid-field", None, text=b"w")
    yield put("name-empty", "An empty name.", "invalid-tensor", "", text="")
    yield case("tensor-name-long", "A name of 65536 bytes.",
               file([Section("CHNK", b"\0\1")], [tensor("n" * 65536, "u8", [1])], compress=fixed),
               "invalid-tensor", "INDX", "n" * 65536)  # fmt: skip
    yield put("type-unknown", "A type that does not exist.", "invalid-tensor", "w", "f8")
    yield put("type-capital", "A type in capitals.", "invalid-tensor", "w", "F32")
    yield put("shape-negative", "A negative dimension.", "invalid-field", None, shape=[-1])
    yield put("shape-number", "A dimension that is a number.", "invalid-field", None, shape=[1.0])
    yield put("shape-boolean", "A dimension that is a boolean.", "invalid-field", None, shape=[True])
    yield put("version-newer", "An unknown type in a newer minor version that does not announce it.", "invalid-tensor", "w", "f8",
              start=header(version=(1, 1)))  # fmt: skip
    yield put("shape-product", "A product of the shape that overflows.", "invalid-tensor", "w", shape=[2**32, 2**32])
    yield put("shape-wraps", "A product that is small when computed in 64 bits.", "invalid-tensor", "w",
              shape=[2**32, 2**32, 1])  # fmt: skip
    yield put("shape-bytes", "A size in bytes of 2^63.", "invalid-tensor", "w", "f64", shape=[2**60])
    yield put("chunk-size-zero", "A chunk size of 0.", "invalid-field", "w", chunk_size=0)
    yield put("chunk-size-negative", "A negative chunk size.", "invalid-field", None, chunk_size=-8)
    yield put("chunk-size-part", "A chunk size that cuts elements.", "invalid-field", "w", "f32", chunk_size=6)
    yield case("tensor-twice", "Two tensors of one name.", file([CHUNK, CHUNK], [WEIGHT, WEIGHT]), "duplicate-tensor",
               "INDX", "w")  # fmt: skip
    state = Section("tRST", structured({}))
    yield case("tensor-twice-state", "Two tensors of one name in the training state.",
               file([state, CHUNK, CHUNK], [], [WEIGHT, WEIGHT]), "duplicate-tensor", "INDX", "w")  # fmt: skip
    yield case("tensor-duplicate-field", "A field that occurs twice in a tensor.",
               file([CHUNK], index={"sections": [CHUNK.indexed], "tensors": [
                   Pairs(("name", "w"), ("name", "w"), ("type", "f32"), ("shape", [2]), ("chunk_size", 8))]}),
               "malformed-value", "INDX")  # fmt: skip




def cases():
    yield from header_cases()
    yield from end_cases()
    yield from frame_cases()
    yield from directory_cases()
    yield from tensor_cases()
