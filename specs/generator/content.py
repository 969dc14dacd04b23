"""What a valid vector holds, as JSON: numbers are strings, so that nothing is lost on the way."""

import struct

LAYOUTS = {
    "f64": "d", "f32": "f", "f16": "e", "bf16": "H", "i8": "b", "i16": "h", "i32": "i", "i64": "q",
    "u8": "B", "u16": "H", "u32": "I", "u64": "Q", "bool": "B",
}  # fmt: skip


def size_of(kind):
    return struct.calcsize("<" + LAYOUTS[kind])


def packed(kind, values):
    """The bytes of a tensor from its values; those of bf16 are given as bits."""
    return struct.pack("<%d%s" % (len(values), LAYOUTS[kind]), *values)


def number(value):
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)


def tagged(value):
    """A value of attributes or metadata with its kind."""
    if isinstance(value, bool):
        return {"boolean": value}
    if isinstance(value, int):
        return {"integer": str(value)}
    if isinstance(value, float):
        return {"number": number(value)}
    if isinstance(value, str):
        return {"string": value}
    return {"list": [tagged(item) for item in value]}


def attributes(values):
    """Name and value pairs in canonical order."""
    order = sorted(values, key=lambda name: (len(name.encode()), name.encode()))
    return [{"name": name, **tagged(values[name])} for name in order]


def tensor_content(name, kind, shape, data):
    values = struct.unpack("<%d%s" % (len(data) // size_of(kind), LAYOUTS[kind]), data)
    if kind == "bf16":
        values = [struct.unpack("<f", struct.pack("<I", bits << 16))[0] for bits in values]
    if kind == "bool":
        texts = ["true" if value else "false" for value in values]
    elif kind.startswith(("f", "b")):
        texts = [number(value) for value in values]
    else:
        texts = [str(value) for value in values]
    return {"name": name, "type": kind, "shape": shape, "bytes": data.hex(), "values": texts}


def layer_content(kind, name, output_shape, values=None, parameters=()):
    return {
        "kind": kind, "name": name, "output_shape": output_shape, "attributes": attributes(values or {}),
        "parameters": [{"role": role, "tensor": tensor} for role, tensor in parameters],
    }  # fmt: skip


def layer_value(kind, name, output_shape, values=None, parameters=()):
    """The same layer as a structured value."""
    return {
        "kind": kind, "name": name, "output_shape": output_shape, "attributes": values or {},
        "parameters": [{"role": role, "tensor": tensor} for role, tensor in parameters],
    }  # fmt: skip


def content(topology=None, metadata=None, history=(), tensors=(), state=None, unknown=(), version="1.0"):
    """The content of a file.

    topology: input shape, scale, offset, layers as arguments of layer_content, loss, class names; history: name and
    values; tensors: name, type, shape, bytes; state: values and tensors; unknown: type and payload.
    """
    result = {"version": version, "topology": None, "training_state": None}
    if topology:
        shape, scale, offset, layers, loss, names = topology
        result["topology"] = {
            "input_shape": shape, "preprocessing": {"scale": number(scale), "offset": number(offset)},
            "layers": [layer_content(*layer) for layer in layers], "loss": loss, "class_names": names,
        }  # fmt: skip
    result["metadata"] = attributes(metadata or {})
    result["history"] = [{"name": name, "values": list(map(number, values))} for name, values in history]
    result["tensors"] = [tensor_content(*tensor) for tensor in tensors]
    if state:
        values, held = state
        result["training_state"] = {
            "values": attributes(values), "tensors": [tensor_content(*tensor) for tensor in held],
        }  # fmt: skip
    result["unknown_sections"] = [
        {"type": kind, "safe_to_copy": kind[3].islower(), "payload": payload.hex()} for kind, payload in unknown
    ]
    return result
