"""Invalid vectors of structured values, structured sections, chunks and limits. Each has one fault, unless its description
says two."""

import struct

from .content import layer_value, packed
from .encoding import (
    CONSTANT, STORED, ZLIB, Pairs, Raw, Section, cbor, file, fixed, plane_chunk, planes_chunk, raw_chunk, stored,
    structured, tensor,
)  # fmt: skip
from .invalid_layout import CHUNK, WEIGHT, case


def metadata_cases():
    """Encodings that are not the one a value has; each is in the metadata."""

    def put(name, about, value, code="malformed-value"):
        return case("value-" + name, about, file([Section("mETA", structured(value))]), code, "mETA")

    def one(name, about, encoding, code="malformed-value"):
        return put(name, about, Raw(b"\xa1\x61a" + bytes.fromhex(encoding)), code)

    yield put("empty", "No value at all.", Raw(b""))
    yield put("two", "Two values.", Raw(b"\xa0\xa0"))
    yield put("key-order", "Names out of order.", Pairs(("b", 1), ("a", 2)))
    yield put("key-order-length", "A longer name before a shorter one.", Pairs(("aa", 1), ("b", 2)))
    yield put("key-twice", "A name that occurs twice.", Pairs(("a", 1), ("a", 1)))
    yield put("key-integer", "A name that is an integer.", Pairs((1, 1)))
    yield put("key-bytes", "A name that is a byte string.", Pairs((b"a", 1)))
    yield put("key-long-form", "A name whose length has a longer form.", Raw(b"\xa1\x78\x01a\x01"))
    yield put("object-long-form", "An object whose count has a longer form.", Raw(b"\xb8\x01\x61a\x01"))
    yield put("object-short", "An object with fewer fields than it says.", Raw(b"\xa2\x61a\x01"))
    yield put("object-huge", "An object of 2^64 - 1 fields.", Raw(b"\xbb" + b"\xff" * 8))
    yield put("object-indefinite", "An object of indefinite length.", Raw(b"\xbf\x61a\x01\xff"))
    for name, about, encoding in (
        ("integer-24", "23 in two bytes.", "1817"),
        ("integer-25", "255 in three bytes.", "1900ff"),
        ("integer-26", "65535 in five bytes.", "1a0000ffff"),
        ("integer-27", "2^32 - 1 in nine bytes.", "1b00000000ffffffff"),
        ("integer-negative", "-24 in two bytes.", "3817"),
        ("integer-wide", "2^63.", "1b8000000000000000"),
        ("integer-wide-negative", "-2^63 - 1.", "3b8000000000000000"),
        ("integer-cut", "An integer that ends too soon.", "1901"),
        ("reserved-28", "Additional information 28.", "1c"),
        ("array-indefinite", "An array of indefinite length.", "9f01ff"),
        ("array-short", "An array with fewer elements than it says.", "8201"),
        ("array-huge", "An array of 2^32 - 1 elements.", "9affffffff"),
        ("string-indefinite", "A string of indefinite length.", "7f6161ff"),
        ("string-short", "A string that ends too soon.", "6261"),
        ("string-huge", "A string of 2^64 - 1 bytes.", "7bffffffffffffffff"),
        ("utf8-invalid", "A byte that UTF-8 does not have.", "61ff"),
        ("utf8-overlong", "An overlong form.", "62c080"),
        ("utf8-surrogate", "A surrogate.", "63eda080"),
        ("utf8-range", "A code point above U+10FFFF.", "64f4908080"),
        ("utf8-cut", "A character that is cut.", "61c3"),
        ("null", "null.", "f6"),
        ("undefined", "undefined.", "f7"),
        ("simple", "Another simple value.", "f0"),
        ("simple-boolean", "false in two bytes.", "f814"),
        ("half", "A number of 16 bits.", "f93c00"),
        ("single", "A number of 32 bits.", "fa3f800000"),
        ("nan-payload", "Another NaN.", "fb7ff8000000000001"),
        ("nan-negative", "A NaN with its sign set.", "fbfff8000000000000"),
        ("number-cut", "A number that ends too soon.", "fb3ff00000"),
        ("tag", "A tag.", "c001"),
        ("break", "A break.", "ff"),
    ):
        yield one(name, about, encoding)
    yield one("attribute-bytes", "An attribute that is a byte string.", "4101", "invalid-field")
    yield one("attribute-object", "An attribute that is an object.", "a0", "invalid-field")
    yield one("attribute-list-object", "An attribute whose list holds an object.", "81a0", "invalid-field")
    yield put("metadata-array", "Metadata that are an array.", [], "invalid-field")


def payload_cases():
    data = cbor({"id": 7})

    def put(name, about, payload, code):
        return case("payload-" + name, about, file([Section("mETA", payload)]), code, "mETA")

    def stream(name, about, code="damaged-stream", **fields):
        return put(name, about, structured({"id": 7}, **fields), code)

    good = stored(data)
    yield put("empty", "A structured section without a payload.", b"", "truncated")
    yield put("short", "A payload of 7 bytes.", bytes(7), "truncated")
    yield put("no-stream", "A size without a stream.", struct.pack("<Q", len(data)), "damaged-stream")
    yield stream("size-less", "A size that is one too small.", declared=len(data) - 1)
    yield stream("size-more", "A size that is one too large.", declared=len(data) + 1)
    yield stream("size-zero", "A size of 0 and a stream of more.", declared=0)
    yield stream("expansion", "A size that DEFLATE cannot reach.", "limit-exceeded", declared=1 << 20)
    yield stream("size-limit", "A size above the limit.", "limit-exceeded", declared=(1 << 27) + 1)
    yield stream("size-huge", "A size of 2^64 - 1.", "limit-exceeded", declared=2**64 - 1)
    yield stream("tail", "A byte after the stream.", "trailing-bytes", tail=b"\0")
    yield stream("two-streams", "Two streams.", "trailing-bytes", tail=stored(b""))
    yield stream("adler", "A wrong Adler-32.", stream=good[:-1] + bytes([good[-1] ^ 1]))
    yield stream("adler-missing", "A stream without its Adler-32.", stream=good[:-4])
    yield stream("cut", "A stream that is cut.", stream=good[:-9])
    yield stream("header", "A wrong zlib header.", stream=b"\x78\x02" + good[2:])
    yield stream("method", "A zlib header with method 7.", stream=b"\x77\x05" + good[2:])
    yield stream("dictionary", "A stream that needs a preset dictionary.", stream=b"\x78\x20\0\0\0\1" + good[2:])
    yield stream("raw-deflate", "DEFLATE without a zlib header.", stream=good[2:-4])
    yield stream("gzip", "A gzip header instead of zlib's.", stream=bytes.fromhex("1f8b0800000000000003") + good[2:])
    yield stream("block-length", "A stored block whose length contradicts its complement.",
                 stream=good[:5] + b"\0\0" + good[7:])  # fmt: skip
    yield stream("block-type", "A block of type 3.", stream=b"\x78\x01\x07" + good[3:])
    yield stream("distance", "A match that starts before the data.",
                 stream=b"\x78\x01" + b"\x03\x02\x00" + bytes(6))  # fmt: skip


def field_cases():
    plain = {"input_shape": [4], "preprocessing": {"scale": 1.0, "offset": 0.0}, "layers": []}
    layer = layer_value("affine", "dense", [2], {"outputs": 2}, [("weight", "w")])

    def topology(name, about, code="invalid-field", **fields):
        value = {key: item for key, item in {**plain, **fields}.items() if item is not None}
        return case("topology-" + name, about, file([Section("TOPO", structured(value))]), code, "TOPO")

    def history(name, about, columns, code="invalid-history"):
        value = {"columns": columns} if columns is not None else {}
        return case("history-" + name, about, file([Section("hIST", structured(value))]), code, "hIST")

    for field in plain:
        yield topology("no-" + field, "A topology without %s." % field, **{field: None})
    yield topology("scale-integer", "A scale that is an integer.", preprocessing={"scale": 1, "offset": 0.0})
    yield topology("no-offset", "Preprocessing without an offset.", preprocessing={"scale": 1.0})
    yield topology("shape-negative", "A negative dimension of the input.", input_shape=[-4])
    yield topology("loss-integer", "A loss that is an integer.", loss=1)
    yield topology("class-names", "Class names that are integers.", class_names=[0, 1])
    yield topology("layers-object", "Layers that are an object.", layers={})
    yield topology("layer-string", "A layer that is a string.", layers=["relu"])
    for field in layer:
        rest = {key: item for key, item in layer.items() if key != field}
        yield topology("layer-no-" + field, "A layer without %s." % field, layers=[rest])
    yield topology("parameter-role", "A parameter without a role.", layers=[{**layer, "parameters": [{"tensor": "w"}]}])
    yield topology("parameter-tensor", "A parameter whose tensor is a number.",
                   layers=[{**layer, "parameters": [{"role": "weight", "tensor": 0}]}])  # fmt: skip
    yield topology("attribute-object", "An attribute that is an object.", layers=[{**layer, "attributes": {"a": {}}}])
    yield topology("rank", "An input of rank 33.", "limit-exceeded", input_shape=[1] * 33)
    yield topology("layer-rank", "An output of rank 33.", "limit-exceeded", layers=[{**layer, "output_shape": [1] * 33}])
    yield history("no-columns", "A history without columns.", None, "invalid-field")
    yield history("no-name", "A column without a name.", [{"values": b""}], "invalid-field")
    yield history("values-array", "Values that are an array.", [{"name": "loss", "values": [1.0]}], "invalid-field")
    yield history("values-part", "A column of 12 bytes.", [{"name": "loss", "values": bytes(12)}])
    yield history("lengths", "Columns of different lengths.",
                  [{"name": "loss", "values": bytes(16)}, {"name": "accuracy", "values": bytes(8)}])  # fmt: skip
    yield history("twice", "Two columns of one name.", [{"name": "loss", "values": bytes(8)}] * 2)
    yield case("state-bytes", "A training state with a byte string.", file([Section("tRST", structured({"random": b"\1"}))]),
               "invalid-field", "tRST")  # fmt: skip
    yield case("state-array", "A training state that is an array.", file([Section("tRST", structured([]))]),
               "invalid-field", "tRST")  # fmt: skip


def chunk_cases():
    def put(name, about, payload, code="damaged-stream", kind="f32", shape=(2,), entry=None):
        entry = entry or tensor("w", kind, list(shape))
        return case("chunk-" + name, about, file([Section("CHNK", payload)], [entry]), code, "CHNK", "w")

    values = packed("f32", [1.0, -2.5])
    yield put("empty", "A chunk without a coding.", b"", "truncated")
    for coding in (3, 255):
        yield put("coding-%d" % coding, "A coding that does not exist.", bytes([coding]) + values)
    yield put("raw-short", "A byte too few.", raw_chunk(bytes(99)), kind="u8", shape=[100])
    yield put("raw-long", "64 bytes of padding.", raw_chunk(values, bytes(64)))
    yield put("raw-padding", "Padding that is not 0.", raw_chunk(values, b"\0\1\0"))
    for kind in ("u8", "bool", "i32"):
        yield put("rotated-" + kind, "Rotated planes of a type that has none.",
                  planes_chunk(bytes(8), {"i32": 4}.get(kind, 1), True), kind=kind, shape=[8 if kind != "i32" else 2])  # fmt: skip
    for number in (2, 255):
        yield put("bool-%d" % number, "A boolean that is neither 0 nor 1.", raw_chunk(bytes([0, 1, number])),
                  "invalid-tensor", "bool", [3])  # fmt: skip
    yield put("bool-planes", "Booleans in a constant plane that are neither 0 nor 1.", plane_chunk(1, [(CONSTANT, b"\2")]),
              "invalid-tensor", "bool", [3])  # fmt: skip
    yield put("headers-cut", "A chunk that ends in its plane headers.", plane_chunk(1, [(0, b"")] * 4)[:20], "truncated")
    planes = [(STORED, b"\0\0")] * 3
    yield put("plane-cut", "A last plane that goes on after the chunk.", plane_chunk(1, planes + [(STORED, b"\0", 2)]),
              "truncated")  # fmt: skip
    yield put("plane-huge", "A plane of 2^32 - 1 bytes.", plane_chunk(1, planes + [(STORED, b"\0\0", 2**32 - 1)]), "truncated")
    yield put("tail", "A byte after the planes.", plane_chunk(1, planes + [(STORED, b"\0\0")], b"\0"), "trailing-bytes")
    for method in (3, 128):
        yield put("method-%d" % method, "A method that does not exist.", plane_chunk(1, planes + [(method, b"\0\0")]))
    for name, plane in (
        ("stored-short", (STORED, b"\0")), ("stored-long", (STORED, b"\0\0\0")), ("stored-empty", (STORED, b"")),
        ("constant-empty", (CONSTANT, b"")), ("constant-long", (CONSTANT, b"\0\0")), ("zlib-empty", (ZLIB, b"")),
        ("zlib-short", (ZLIB, stored(b"\0"))), ("zlib-long", (ZLIB, stored(b"\0\0\0"))),
        ("zlib-cut", (ZLIB, stored(b"\0\0")[:-1])), ("zlib-adler", (ZLIB, stored(b"\0\0")[:-1] + b"\xff")),
        ("zlib-bomb", (ZLIB, fixed(bytes(100_000)))),
    ):  # fmt: skip
        yield put("plane-" + name, "A plane of 2 bytes: %s." % name.replace("-", ", "), plane_chunk(2, [plane] + planes))
    yield put("plane-zlib-tail", "A byte after the stream of a plane.", plane_chunk(1, [(ZLIB, stored(b"\0\0") + b"\0")] + planes),
              "trailing-bytes")  # fmt: skip
    for name, about, payload, code in (
        ("order-cut-method", "A plane that is cut and has an unknown method.", plane_chunk(1, planes + [(9, b"\0", 2)]), "truncated"),
        ("order-method-tail", "An unknown method, and a byte after the planes.",
         plane_chunk(1, planes + [(9, b"\0\0")], b"\0"), "damaged-stream"),
        ("order-first-plane", "A damaged first plane, and a last one that is cut.",
         plane_chunk(1, [(ZLIB, b"??")] + planes[:2] + [(STORED, b"\0", 2)]), "damaged-stream"),
    ):  # fmt: skip
        yield put(name, "Two faults: " + about, payload, code)
    yield case("order-bool-chunks", "Two faults: a bad boolean, and a damaged chunk after it.",
               file([Section("CHNK", b"\0\2"), Section("CHNK", b"\7")], [tensor("w", "bool", [2], 1)]),
               "invalid-tensor", "CHNK", "w")  # fmt: skip
    state = Section("tRST", structured({}))
    yield case("chunk-state", "A bad chunk of the training state.",
               file([state, CHUNK, Section("CHNK", b"\7")], [WEIGHT], [tensor("m", "u8", [1])]),
               "damaged-stream", "CHNK", "m")  # fmt: skip
    parts = [Section("CHNK", raw_chunk(bytes(4))), Section("CHNK", raw_chunk(bytes(4))), Section("CHNK", b"\0\1\2")]
    yield case("chunk-last", "The last of three chunks is too short.", file(parts, [tensor("w", "u8", [11], 4)]),
               "damaged-stream", "CHNK", "w")  # fmt: skip


def limit_cases():
    deep = 1
    for _ in range(32):
        deep = [deep]
    yield case("limit-nesting", "A value inside 33 arrays and objects.", file([Section("mETA", structured({"deep": deep}))]),
               "limit-exceeded", "mETA")  # fmt: skip
    yield case("limit-values", "One value more than the default limit, in 26 kilobytes.",
               file([Section("hIST", structured({"columns": [[]] * ((1 << 22) - 1)}, compress=fixed))]),
               "limit-exceeded", "hIST")  # fmt: skip
    values = {"a": [1, [2.0, False]], "b": "text", "c": 0, "d": []}
    yield case("limit-values-lower", "Metadata of 9 values where a limit allows 8.",
               file([Section("mETA", structured(values))]), "limit-exceeded", "mETA", value_count=8)  # fmt: skip
    yield case("limit-rank", "A tensor of rank 33.", file([CHUNK], [tensor("w", "f32", [1] * 32 + [2])]),
               "limit-exceeded", "INDX", "w")  # fmt: skip
    constant = Section("CHNK", plane_chunk(1, [(CONSTANT, b"\0")]))
    entry = tensor("w", "u8", [(1 << 23) + 1], 1 << 24)
    yield case("limit-chunk", "A chunk of planes one byte larger than the default limit.", file([constant], [entry]), "limit-exceeded", None, "w")
    entry = tensor("w", "u8", [1 << 40], 1 << 40)
    yield case("limit-terabyte", "A tensor of a terabyte.", file([constant], [entry]), "limit-exceeded", "INDX", "w")
    entry = tensor("w", "u8", [1 << 22])
    entry["chunk_size"] = 1 << 22
    yield case("limit-chunk-short", "A chunk too short for planes of a size that nothing so short can have.",
               file([Section("CHNK", b"\0\1")], [entry]), "limit-exceeded", None, "w")  # fmt: skip
    halves = [tensor("a", "u8", [1 << 36], 1 << 40), tensor("b", "u8", [1], 1)]
    yield case("limit-total", "Tensors that are together a byte too large.", file([constant, constant], halves),
               "limit-exceeded", "INDX", "b")  # fmt: skip
    both = [tensor(name, "u8", [1]) for name in "ab"]
    chunk = Section("CHNK", b"\0\1")
    state = Section("tRST", structured({}))
    yield case("limit-state-total", "Tensors of model and state that are together too large.",
               file([state, chunk, chunk], both[:1], both[1:]), "limit-exceeded", "INDX", "b", total_tensor_size=1)  # fmt: skip
    yield case("limit-tensors", "More tensors than a limit allows.", file([chunk, chunk], both), "limit-exceeded",
               "INDX", tensor_count=1)  # fmt: skip
    yield case("limit-state-tensors", "More tensors of model and state than a limit allows.",
               file([state, chunk, chunk], both[:1], both[1:]), "limit-exceeded", "INDX", tensor_count=1)  # fmt: skip
    yield case("limit-sections", "More sections than a limit allows.", file([chunk, chunk], both), "limit-exceeded",
               "INDX", section_count=1)  # fmt: skip
    yield case("limit-structured", "Metadata larger than a limit allows.",
               file([Section("mETA", structured({"text": "x" * 100}))]), "limit-exceeded", "mETA",
               structured_section_size=99)  # fmt: skip
    blocks = stored(bytes(100), 1)
    yield case("limit-structured-stored", "Metadata whose stream is far longer than its content.",
               file([Section("mETA", structured({"x": 1}, stream=b"\x78\x01" + b"\0\0\0\xff\xff" * 100 + stored(cbor({"x": 1}))[2:]))]),
               "limit-exceeded", "mETA", structured_section_size=400)  # fmt: skip
    yield case("limit-unknown", "An unknown section larger than a limit allows.", file([Section("noTe", bytes(465))]),
               "limit-exceeded", "noTe", structured_section_size=400)  # fmt: skip
    yield case("limit-chunk-stored", "A chunk whose stream is far longer than its content.",
               file([Section("CHNK", plane_chunk(1, [(ZLIB, blocks)]))], [tensor("w", "u8", [100])]), "limit-exceeded",
               None, "w", chunk_size=400)  # fmt: skip
    yield case("limit-chunk-lower", "A chunk larger than a limit allows.",
               file([Section("CHNK", planes_chunk(bytes(16), 1))], [tensor("w", "u8", [16])]), "limit-exceeded", None,
               "w", chunk_size=15)  # fmt: skip
    raw = bytearray(file([Section("CHNK", raw_chunk(bytes(range(32))))], [tensor("w", "u8", [32])]))
    raw[32] ^= 1
    yield case("limit-chunk-coding", "A single raw chunk larger than a limit of chunks, whose coding byte is damaged.",
               bytes(raw), "checksum-mismatch", "CHNK", "w", chunk_size=16)  # fmt: skip


def cases():
    yield from metadata_cases()
    yield from payload_cases()
    yield from field_cases()
    yield from chunk_cases()
    yield from limit_cases()
