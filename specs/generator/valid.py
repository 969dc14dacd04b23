"""The valid vectors: name, what it shows, bytes, content, and limits where they are to be set."""

import struct

from .content import content, packed, size_of, layer_value
from .encoding import (
    CONSTANT, STORED, ZLIB, Raw, Section, cbor, file, fixed, header, plane_chunk, planes_chunk, planes_of, raw_chunk, stored,
    structured, tensor,
)  # fmt: skip

NAN, INF = float("nan"), float("inf")

# Values at the edges of each type; those of bf16 as bits.
SAMPLES = {
    "f64": [0.0, -0.0, 1.5, 5e-324, 1.7976931348623157e308, INF, NAN],
    "f32": [0.0, -0.0, 0.10000000149011612, 2.0**-149, -3.4028234663852886e38, -INF, NAN],
    "f16": [0.0, -0.0, 2.0**-24, 65504.0, -1.0, INF, NAN],
    "bf16": [0x0000, 0x8000, 0x3F80, 0xC2F7, 0x0001, 0x7F80, 0x7FC1],
    "i8": [-128, -1, 0, 127],
    "i16": [-32768, -1, 0, 32767],
    "i32": [-(2**31), -1, 0, 2**31 - 1],
    "i64": [-(2**63), -1, 0, 2**63 - 1],
    "u8": [0, 1, 128, 255],
    "u16": [0, 1, 256, 65535],
    "u32": [0, 1, 65536, 2**32 - 1],
    "u64": [0, 1, 2**32, 2**64 - 1],
    "bool": [0, 1, 1, 0],
}
FLOATS = ("f64", "f32", "f16", "bf16")

# What zlib 1.2.13 made of PLANE: Huffman codes only, full matching at level 9, and two blocks with a flush between.
PLANE = bytes.fromhex(
    "7f807c79787c78777c7c7d797c7b777d7c837c7b7f7c7e7a7c7f7e7c787d7c7e7c7f7b7c7e787a7a817b7d7d7b777e7a7e787a7f8078787b7e"
    "7c7c797d7f7a77797e767b797b7b7c807d807b7a7d737b7c787d7a747b797a7b7f7c7b7d767f787d78797a817e7a7b787b7a7e777a79797e7c"
    "7d7f7f777d767b817b7a7c7c7c797f7e7b7c7d7f7d7e7b787a7f7e7c7a7c8080797b77787c7c7e7f7e7f7a787d847d787c80787e7a7f7e7c82"
    "7a798179827b787b7c7c7b7f757a7b81767a787a7d"
)
HUFFMAN_ONLY = bytes.fromhex(
    "780105c1894104310c04b0a281cd783e670f0a47daeb8171ec8c75e25f6b5d7a6bc4f5ca05f92ad1290bee05547bb23cd34723f9e68af992117e"
    "6ba8b5f22c82e15b0a620f67eaec9e3c7a45dbb395b3a9c0ade97b470776b74be42ff045b9f587f3ce4790adfda1de8760fe01f09b5cb3"
)
LEVEL_9 = bytes.fromhex(
    "78da15ce510e02300803d043ab1bb4a56ceac1c53fd2a62ff45186624b95e22e7dc496a1b6a26435e5002eabb88db9fb44d0525663a71793d4a9"
    "43d48333c293894158aba322710d06e18d4cabba772d5e4263b4394999e35ad039c91d92db8da86f854ef8dfbd9137df03693e7c817721503ff0"
    "9b5cb3"
)
FLUSHED = bytes.fromhex(
    "789c0ccc491280400804c1476b08f402187edcb9d5256b5695ca905c62589f386a685a69b586ea045eda8cc6e9d94cb6541e44f5c322b55ec217"
    "0fc2cdc299d0cfe40f0000ffff15cc410ec0200c03c1571712db7100f5e1a5d71d692b12db60109ec8b4aa7bd6e02624659bb79419680b5a2b39"
    "4372bb11f55668857f3bc89de78e24f603ee81407df09b5cb3"
)


def chunked(tensors, coder, chunk_size=1 << 20):
    """Entries and sections of tensors given as name, type, shape, bytes."""
    entries = [tensor(name, kind, shape, chunk_size) for name, kind, shape, _ in tensors]
    sections = []
    for _, kind, _, data in tensors:
        for at in range(0, len(data), chunk_size):
            sections.append(Section("CHNK", coder(data[at : at + chunk_size], kind)))
    return entries, sections


def raw(data, _):
    return raw_chunk(data)


def samples(kinds=SAMPLES):
    return [(kind, kind, [len(SAMPLES[kind])], packed(kind, SAMPLES[kind])) for kind in kinds]


def simple(name, about, tensors, coder=raw, chunk_size=1 << 20, **more):
    entries, sections = chunked(tensors, coder, chunk_size)
    return name, about, file(sections, entries, **more), content(tensors=tensors)


def tensor_vectors():
    weight = [("w", "f32", [2], packed("f32", [1.0, -2.5]))]
    entries, sections = chunked(weight, raw)
    sections.insert(0, Section("mETA", structured({"id": 7})))
    yield "tiny", "The file of the annotated dump.", file(sections, entries), content(
        metadata={"id": 7}, tensors=weight
    )
    yield "empty", "No section but the index, no tensor.", file(), content()
    yield simple("types-raw", "Every element type, raw.", samples())
    yield simple(
        "types-planes", "Every element type in byte planes, not rotated.", samples(),
        lambda data, kind: planes_chunk(data, size_of(kind)),
    )  # fmt: skip
    yield simple(
        "types-rotated", "Every floating-point type in rotated byte planes.", samples(FLOATS),
        lambda data, kind: planes_chunk(data, size_of(kind), True),
    )  # fmt: skip
    values = [1.0 + index / 64 for index in range(48)]
    yield simple(
        "plane-methods", "Stored, zlib and constant planes in one chunk.", [("w", "f32", [6, 8], packed("f32", values))],
        lambda data, _: planes_chunk(data, 4, True, [CONSTANT, ZLIB, STORED, CONSTANT]),
    )  # fmt: skip
    yield simple(
        "plane-methods-integers", "The same for integers, which are not rotated.",
        [("counts", "i64", [2, 3], packed("i64", [-6, -5, -4, -3, -2, -1]))],
        lambda data, _: planes_chunk(data, 8, False, [CONSTANT] * 6 + [ZLIB, STORED], fixed),
    )  # fmt: skip
    for name, stream in (("huffman", HUFFMAN_ONLY), ("level-9", LEVEL_9), ("flushed", FLUSHED)):
        yield simple(
            "zlib-" + name, "A zlib stream with dynamic Huffman codes (%s)." % name,
            [("plane", "u8", [3, 64], PLANE)], lambda data, _: plane_chunk(1, [(ZLIB, stream)]),
        )  # fmt: skip
    yield simple(
        "zlib-fixed", "A zlib stream with fixed Huffman codes and a match at the greatest length.",
        [("runs", "u8", [600], bytes(300) + bytes([9]) * 299 + b"\xff")],
        lambda data, _: plane_chunk(1, [(ZLIB, fixed(data))]),
    )  # fmt: skip
    yield simple(
        "zlib-blocks", "A zlib stream of several stored blocks whose header names a small window.",
        [("w", "i8", [40], bytes(range(40)))], lambda data, _: plane_chunk(1, [(ZLIB, stored(data, 16, 0x08))]),
    )  # fmt: skip
    yield simple(
        "constant", "A constant plane expands further than DEFLATE could.", [("zeros", "u8", [8192], bytes(8192))],
        lambda data, _: planes_chunk(data, 1, False, [CONSTANT]),
    )  # fmt: skip
    floats = [("w", "f32", [5, 5], packed("f32", [index * 0.5 for index in range(25)]))]
    codings = iter([planes_chunk(floats[0][3][at : at + 12], 4, at % 24 == 0) for at in range(0, 96, 12)])
    yield simple(
        "chunks", "A tensor in nine chunks of differing coding, the last one shorter, then a tensor in one.",
        floats + [("v", "u8", [12], bytes(range(12)))],
        lambda data, kind: next(codings, None) or raw_chunk(data), 12,
    )  # fmt: skip
    yield simple(
        "empty-tensors", "Tensors without elements have no chunks.",
        [("a", "f32", [0], b""), ("b", "i16", [3, 0, 2], b""), ("c", "u8", [0, 2**62, 2**62], b""),
         ("d", "u8", [2], b"\x01\x02"), ("e", "u8", [2**62, 2**62, 0], b"")],
    )  # fmt: skip
    yield simple(
        "scalars", "Tensors of rank 0.",
        [(kind, kind, [], packed(kind, SAMPLES[kind][1:2])) for kind in SAMPLES],
    )  # fmt: skip
    yield simple("rank-32", "The greatest rank of the default limits.", [("deep", "u8", [1] * 31 + [2], b"\x07\x08")])
    aligned, offset = [], 16
    for _, _, _, data in samples(FLOATS):
        aligned.append(Section("CHNK", raw_chunk(data, bytes(-(offset + 17) % 64))))
        offset += len(aligned[-1].payload) + 20
    yield "aligned", "Raw values aligned to 64 bytes in the file, one chunk per tensor of exactly its size.", file(
        aligned, [tensor(name, kind, shape, len(data)) for name, kind, shape, data in samples(FLOATS)]
    ), content(tensors=samples(FLOATS))
    yield simple(
        "padding", "Raw values after 63 bytes of padding, to no purpose.", [("w", "u16", [3], b"\1\2\3\4\5\6")],
        lambda data, _: raw_chunk(data, bytes(63)),
    )  # fmt: skip
    yield *simple(
        "raw-above-limit", "A single raw chunk of 32 bytes where a limit allows chunks of 16.",
        [("w", "u8", [32], bytes(range(32)))],
    ), {"chunk_size": 16}  # fmt: skip
    yield simple("booleans", "Booleans of two chunks.", [("mask", "bool", [2, 3], b"\0\1\1\0\0\1")], chunk_size=4)
    yield simple(
        "names", "Names in Unicode; two spellings of one letter are two names.",
        [(name, "u8", [], bytes([number])) for number, name in enumerate(
            ["caf\u00e9", "cafe\u0301", "\u91cd\u307f/0", "\U0001f9e0", "a b", "tab\t\"quote\"", "nul\0", "\u202eabc", "-", "A b"])],
    )  # fmt: skip
    yield simple(
        "long-name", "The longest name, in a compressed index.", [("n" * 65535, "u8", [1], b"\x2a")], compress=fixed
    )


def section_vectors():
    layers = [
        ("conv", "features", [8, 26, 26], {"kernel": [3, 3], "stride": 1, "bias": True, "scale": 0.5, "mode": "valid"},
         [("weight", "features.weight"), ("bias", "features.bias")]),
        ("relu", "activation", [8, 26, 26]), ("flatten", "", [5408]),
        ("affine", "\u51fa\u529b", [2], {"nested": [[], [1, [2.0, "x", False]]], "nan": NAN}, [("weight", "shared")]),
    ]  # fmt: skip
    topology = {
        "input_shape": [1, 28, 28], "preprocessing": {"scale": 1 / 255, "offset": -0.5}, "loss": "cross-entropy",
        "layers": [layer_value(*layer) for layer in layers], "class_names": ["T-shirt", "\u30ab\u30d0\u30f3", ""],
    }  # fmt: skip
    described = ([1, 28, 28], 1 / 255, -0.5, layers, "cross-entropy", topology["class_names"])
    held = [(name, "u8", [1], bytes([number])) for number, name in
            enumerate(["features.weight", "features.bias", "shared"])]  # fmt: skip
    entries, chunks = chunked(held, raw)
    yield "topology", "Layers with attributes of every kind, a loss, class names.", file(
        [Section("TOPO", structured(topology))] + chunks, entries
    ), content(described, tensors=held)
    plain = {"input_shape": [], "preprocessing": {"scale": 1.0, "offset": 0.0}, "layers": []}
    bare = ([], 1.0, 0.0, [], None, [])
    yield "topology-least", "A topology with required fields only.", file(
        [Section("TOPO", structured(plain))]
    ), content(bare)
    yield "class-names-empty", "An empty list of class names is the same as none.", file(
        [Section("TOPO", structured({**plain, "class_names": []}))]
    ), content(bare)

    columns = [("loss", [2.5, 1.25, NAN, INF]), ("-", [-INF, -0.0, 5e-324, 1.7976931348623157e308]),
               ("validation_accuracy", [0.1, 0.2, 0.30000000000000004, 1.0])]  # fmt: skip

    def history(columns):
        return structured({"columns": [
            {"name": name, "values": struct.pack("<%dd" % len(values), *values)} for name, values in columns]})  # fmt: skip

    yield "history", "Columns with NaN, infinities, negative zero and extreme numbers.", file(
        [Section("hIST", history(columns))]
    ), content(history=columns)
    yield "history-no-epochs", "Columns without values.", file(
        [Section("hIST", history([("loss", []), ("accuracy", [])]))]
    ), content(history=[("loss", []), ("accuracy", [])])
    yield "history-no-columns", "A history without columns is the same as none.", file(
        [Section("hIST", history([]))]
    ), content()
    other = structured({"columns": [{"name": "loss", "values": bytes.fromhex("010000000000f0ff000000000000f8ff")}]})
    yield "history-other-nan", "Every NaN of a column is read as NaN.", file([Section("hIST", other)]), content(
        history=[("loss", [NAN, NAN])]
    )

    numbers = [0, 23, 24, 255, 256, 65535, 65536, 2**32 - 1, 2**32, 2**63 - 1]
    metadata = {
        "integers": numbers + [-1 - value for value in numbers], "yes": True, "no": False, "": "an empty name",
        "numbers": [0.0, -0.0, 1.0, 0.1, 5e-324, 1.7976931348623157e308, INF, -INF, NAN],
        "strings": ["", "nul\0", "\U0001f9e0 \u00e9 e\u0301", "x" * 24, "y" * 256], "empty": [], "nested": [[[]], [1, [True]]],
        "b": 1, "a": 2, "aa": 3, "Z": 4, "\u00e9": 5, "z\u0301": 6,
    }  # fmt: skip
    yield "metadata", "Every kind of value, integers at the edges of every length, names in canonical order.", file(
        [Section("mETA", structured(metadata))]
    ), content(metadata=metadata)
    yield "metadata-blocks", "A structured value in several blocks of its stream.", file(
        [Section("mETA", structured(metadata, stream=stored(cbor(metadata), 100)))]
    ), content(metadata=metadata)
    deep = 1
    for _ in range(31):
        deep = [deep]
    yield "nesting-32", "A value inside 32 arrays and objects.", file(
        [Section("mETA", structured({"deep": deep}))]
    ), content(metadata={"deep": deep})

    state = {"epoch": 12, "random": [1, -(2**63)], "best": 0.125, "sampler": "shuffled"}
    yield "state-empty", "A training state without values, which is not the same as none.", file(
        [Section("tRST", structured({}))]
    ), content(state=({}, []))
    deepest = []
    for _ in range(31):
        deepest = [deepest]
    yield "nesting-32-empty", "An empty array inside of 32 arrays and objects.", file(
        [Section("mETA", structured({"deep": deepest}))]
    ), content(metadata={"deep": deepest})
    yield "expansion", "A structured value that its stream expands nearly as far as DEFLATE can.", file(
        [Section("mETA", structured({"text": "x" * 100_000}, compress=fixed))]
    ), content(metadata={"text": "x" * 100_000})
    yield "state-values", "A training state without tensors.", file(
        [Section("tRST", structured(state))]
    ), content(state=(state, []))
    yield "state-tensors-empty", "An empty list of state tensors is the same as none, and needs no state.", file(
        state=[]
    ), content()
    weights = [("w", "f32", [2], packed("f32", [0.5, 0.25]))]
    moments = [("w", "f32", [2], packed("f32", [0.0, -1.0])), ("order", "u32", [3], packed("u32", [2, 0, 1]))]
    entries, chunks = chunked(weights, raw)
    more, behind = chunked(moments, lambda data, kind: planes_chunk(data, size_of(kind)), 4)
    yield "state-tensors", "Tensors of the training state; a name may equal that of a tensor of the model.", file(
        [Section("tRST", structured(state))] + chunks + behind, entries, more
    ), content(tensors=weights, state=(state, moments))

    unknown = [("xTRA", b"not copied"), ("noTe", b"copied \x00\xff"), ("noTe", b""), ("nOTe", b"\x01")]
    yield "unknown", "Optional sections that no one knows, safe to copy and not.", file(
        [Section(*section) for section in unknown[:2]] + chunks + [Section(*section) for section in unknown[2:]], entries
    ), content(tensors=weights, unknown=unknown)
    for version in ((1, 1), (1, 65535)):
        yield "version-%d-%d" % version, "A newer minor version with sections that are passed over.", file(
            [Section("mETA", structured({"id": 7})), Section("dIGS", b"\x80 later"), Section("nOTe", b"")] + chunks, entries,
            start=header(version=version)
        ), content(metadata={"id": 7}, tensors=weights, unknown=[("dIGS", b"\x80 later"), ("nOTe", b"")],
                   version="%d.%d" % version)  # fmt: skip
    later = {**tensor("w", "f32", [2]), "later": {"unit": Raw(cbor(b"\x01"))}}
    index = {"tensors": [later], "later": [1], "sections": None}
    future = Section("TOPO", structured({
        **plain, "later": [True], "preprocessing": {"scale": 1.0, "offset": 0.0, "mean": [0.5]},
        "layers": [{**layer_value("new", "n", [2], {}), "later": 1,
                    "parameters": [{"role": "weight", "tensor": "w", "later": [0]}]}]}))  # fmt: skip
    column = Section("hIST", structured({"columns": [{"name": "loss", "values": bytes(8), "unit": "nat"}], "later": 0}))
    sections = [future, column] + chunks
    index["sections"] = [section.indexed for section in sections]
    yield "unknown-fields", "Fields that no one knows are passed over.", file(sections, index=index), content(
        ([], 1.0, 0.0, [("new", "n", [2], {}, [("weight", "w")])], None, []), history=[("loss", [0.0])], tensors=weights
    )
    yield "order", "Sections in an unusual order; only that of the chunks counts.", file(
        chunks + [Section("tRST", structured(state)), Section("noTe", b"")] + behind
        + [Section("mETA", structured({"a": 1})), Section("TOPO", structured(plain))], entries, more
    ), content(bare, {"a": 1}, tensors=weights, state=(state, moments), unknown=[("noTe", b"")])  # fmt: skip


def vectors():
    yield from tensor_vectors()
    yield from section_vectors()
