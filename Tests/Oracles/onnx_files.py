"""Files of ONNX, written by its own library, with what is in them; and networks with what ONNX Runtime answers.

    pip install onnx onnxruntime ml_dtypes
    python Tests/Oracles/onnx_files.py > Tests/Oracles/onnx_files.json
"""
import base64
import json
import os
import tempfile

import ml_dtypes
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from common import numbers


def encoded(model):
    return base64.b64encode(model.SerializeToString()).decode()


def tensor_entry(name, kind, array, numbers_of=None):
    """What a tensor is to be: `numbers_of` are its numbers, where its elements have no type of their own."""
    values = array if numbers_of is None else numbers_of.astype(np.float32)
    return {"name": name, "type": kind, "shape": list(array.shape), "bytes": values.tobytes().hex()}


# Every type whose elements have numbers: the code of ONNX, our name, and the type of NumPy.
TYPES = [
    (TensorProto.FLOAT, "f32", np.float32), (TensorProto.DOUBLE, "f64", np.float64),
    (TensorProto.FLOAT16, "f16", np.float16), (TensorProto.BFLOAT16, "bf16", ml_dtypes.bfloat16),
    (TensorProto.INT8, "i8", np.int8), (TensorProto.INT16, "i16", np.int16), (TensorProto.INT32, "i32", np.int32),
    (TensorProto.INT64, "i64", np.int64), (TensorProto.UINT8, "u8", np.uint8), (TensorProto.UINT16, "u16", np.uint16),
    (TensorProto.UINT32, "u32", np.uint32), (TensorProto.UINT64, "u64", np.uint64), (TensorProto.BOOL, "bool", np.bool_),
    (TensorProto.FLOAT8E4M3FN, "f8_e4m3", ml_dtypes.float8_e4m3fn),
    (TensorProto.FLOAT8E4M3FNUZ, "f8_e4m3fnuz", ml_dtypes.float8_e4m3fnuz),
    (TensorProto.FLOAT8E5M2, "f8_e5m2", ml_dtypes.float8_e5m2),
    (TensorProto.FLOAT8E5M2FNUZ, "f8_e5m2fnuz", ml_dtypes.float8_e5m2fnuz),
    (TensorProto.INT4, "i4", ml_dtypes.int4), (TensorProto.UINT4, "u4", ml_dtypes.uint4),
    (TensorProto.INT2, "i2", ml_dtypes.int2), (TensorProto.UINT2, "u2", ml_dtypes.uint2),
]


def sample(dtype, shape):
    count = int(np.prod(shape))
    if dtype == np.bool_:
        return (np.arange(count) % 3 == 0).reshape(shape)
    if dtype in (ml_dtypes.int4, ml_dtypes.uint4, ml_dtypes.int2, ml_dtypes.uint2):
        info = ml_dtypes.iinfo(dtype)
        whole = np.arange(count) % (int(info.max) - int(info.min) + 1) + int(info.min)
        return whole.astype(dtype).reshape(shape)
    if np.dtype(dtype).kind in "iu":
        info = np.iinfo(dtype)
        return np.array([info.max, info.min, 1, 2, 100, 3, 0][:count], dtype=dtype).reshape(shape)
    return np.array([0.5, -1.5, 2.0, 0.0, -0.0, 4.0, -0.25][:count], dtype=dtype).reshape(shape)


def type_model(shape, is_raw):
    """An initialiser of each type."""
    tensors, expected = [], []
    for code, name, dtype in TYPES:
        array = sample(dtype, shape)
        if is_raw:
            tensor = numpy_helper.from_array(array, name)
        else:
            tensor = helper.make_tensor(name, code, shape, array.flatten().tolist())
        assert tensor.data_type == code
        assert tensor.HasField("raw_data") == is_raw
        tensors.append(tensor)
        plain = name[0] in "fbiu" and "_" not in name and name[1:] not in ("4", "2")
        expected.append(tensor_entry(name, name, array, None if plain else array))
    graph = helper.make_graph([], "types", [], [], tensors)
    model = helper.make_model(graph, ir_version=13, opset_imports=[helper.make_opsetid("", 25)])
    return {"file": encoded(model), "data": None, "tensors": expected}


def complex_model():
    """Types that are listed without numbers, and texts, which are not listed among the tensors."""
    first = numpy_helper.from_array(np.array([1 + 2j, 3 - 4j], dtype=np.complex64), "c64")
    second = helper.make_tensor("c64.typed", TensorProto.COMPLEX64, [2], [1 + 2j, 3 - 4j])
    third = numpy_helper.from_array(np.array([1 + 2j], dtype=np.complex128), "c128")
    text = helper.make_tensor("words", TensorProto.STRING, [2], [b"a", b"bc"])
    graph = helper.make_graph([], "complex", [], [], [first, second, third, text])
    return encoded(helper.make_model(graph, ir_version=9, opset_imports=[helper.make_opsetid("", 19)]))


def field(number, wire, payload):
    key = number << 3 | wire
    assert key < 128
    if wire == 2:
        assert len(payload) < 128
        return bytes([key, len(payload)]) + payload
    return bytes([key]) + payload


def unpacked_model():
    """Numbers one by one, or in several packed runs, as the wire format allows."""
    floats = b"".join(field(4, 5, np.float32(value).tobytes()) for value in (1.5, -2.0, 0.25))
    runs = field(4, 2, np.array([1.0, 2.0], np.float32).tobytes()) + field(4, 5, np.float32(3.0).tobytes())
    integers = field(5, 0, b"\x07") + field(5, 2, b"\x80\x01\x03")
    shape = field(1, 2, b"\x03")

    def named(name, code, values):
        return field(5, 2, shape + field(2, 0, bytes([code])) + field(8, 2, name) + values)

    graph = named(b"a", 1, floats) + named(b"b", 1, runs) + named(b"c", 6, integers) + field(2, 2, b"g")
    file = field(1, 0, b"\x07") + field(7, 2, graph) + field(8, 2, field(1, 2, b"") + field(2, 0, b"\x0d"))
    model = onnx.load_from_string(file)
    arrays = [numpy_helper.to_array(tensor) for tensor in model.graph.initializer]
    kinds = ["f32", "f32", "i32"]
    return {
        "file": base64.b64encode(file).decode(), "data": None,
        "tensors": [tensor_entry(n, k, a) for n, k, a in zip("abc", kinds, arrays)],
    }


def constant_model():
    """Weights in nodes and in graphs inside of nodes, and tensors that are mostly zeros."""
    weight = np.array(numbers(6, 1, 8.0), np.float32).reshape(2, 3)
    inner = np.array(numbers(2, 2, 8.0), np.float32)
    dense = numpy_helper.from_array(np.array([5.0, 7.0], np.float32), "sparse")
    places = numpy_helper.from_array(np.array([1, 4], np.int64), "places")

    def branch(name):
        return helper.make_graph(
            [helper.make_node("Identity", ["w"], ["out"])], name, [],
            [helper.make_tensor_value_info("out", TensorProto.FLOAT, [2])], [numpy_helper.from_array(inner, "w")])

    graph = helper.make_graph([
        helper.make_node("Constant", [], ["weight"], value=numpy_helper.from_array(weight)),
        helper.make_node("Constant", [], ["axis"], value_int=1),
        helper.make_node("If", ["c"], ["chosen"], then_branch=branch("a"), else_branch=branch("b")),
    ], "constants", [helper.make_tensor_value_info("c", TensorProto.BOOL, [])],
        [helper.make_tensor_value_info("chosen", TensorProto.FLOAT, [2])],
        sparse_initializer=[helper.make_sparse_tensor(dense, places, [2, 3])])
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)])
    onnx.checker.check_model(model)
    return {"file": encoded(model), "data": None, "tensors": [
        tensor_entry("weight", "f32", weight),
        tensor_entry("chosen.else_branch.w", "f32", inner), tensor_entry("chosen.then_branch.w", "f32", inner),
        tensor_entry("sparse.values", "f32", np.array([5.0, 7.0], np.float32)),
        tensor_entry("sparse.indices", "i64", np.array([1, 4], np.int64)),
    ]}


def external_model():
    """Values in a file beside the model."""
    arrays = {"a": np.array(numbers(5, 3, 8.0), np.float32), "b": np.arange(6, dtype=np.int16).reshape(2, 3)}
    graph = helper.make_graph([], "external", [], [], [numpy_helper.from_array(v, k) for k, v in arrays.items()])
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)])
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        onnx.save(model, path, save_as_external_data=True, location="weights.bin", size_threshold=0)
        file, data = (open(os.path.join(folder, n), "rb").read() for n in ("model.onnx", "weights.bin"))
    return {
        "file": base64.b64encode(file).decode(), "data": base64.b64encode(data).decode(),
        "tensors": [tensor_entry("a", "f32", arrays["a"]), tensor_entry("b", "i16", arrays["b"])],
    }


class Network:
    """A graph that is put together node by node."""

    def __init__(self, shape, opset, element=TensorProto.FLOAT):
        self.shape, self.opset, self.element = shape, opset, element
        self.nodes, self.tensors, self.value, self.count = [], [], "x", 0

    def tensor(self, name, *shape, scale=64.0, positive=False, dtype=np.float32):
        values = np.array(numbers(int(np.prod(shape)), len(self.tensors) + 1, scale)).reshape(shape)
        self.tensors.append(numpy_helper.from_array((abs(values) + 0.5 if positive else values).astype(dtype), name))
        return name

    def constant(self, value):
        self.count += 1
        name = f"constant{self.count}"
        self.nodes.append(helper.make_node("Constant", [], [name], value=numpy_helper.from_array(np.array(value))))
        return name

    def node(self, kind, *inputs, name="", **attributes):
        """A node that takes the values named, or the one before, and whose output the network goes on with."""
        self.count += 1
        output = f"value{self.count}"
        self.nodes.append(helper.make_node(kind, list(inputs) or [self.value], [output], name=name, **attributes))
        self.value = output
        return output

    def recorded(self, title, layers, samples=3):
        graph = helper.make_graph(
            self.nodes, title, [helper.make_tensor_value_info("x", self.element, ["n"] + self.shape)],
            [helper.make_tensor_value_info(self.value, TensorProto.FLOAT, ["n", "m"])], self.tensors)
        model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", self.opset)])
        if self.opset > 19:
            model.ir_version = 9
        onnx.checker.check_model(model)
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        count = samples * int(np.prod(self.shape))
        if self.element == TensorProto.UINT8:
            values = np.arange(count, dtype=np.uint8) * 7
        else:
            values = np.array(numbers(count, 9, 32.0), np.float32)
        output = session.run(None, {"x": values.reshape([samples] + self.shape)})[0]
        return {
            "name": title, "file": encoded(model), "layers": layers, "samples": samples,
            "input": [float(value) for value in values], "output": [float(value) for value in output.flatten()],
        }


def torch_dense():
    """What PyTorch makes of Linear layers; the first has a factor and one bias for all outputs."""
    n = Network([5], 13)
    n.node("Gemm", "x", n.tensor("fc1.weight", 4, 5), n.tensor("fc1.bias", 1), transB=1, alpha=0.5, beta=2.0, name="fc1")
    n.node("Relu")
    n.node("Gemm", n.value, n.tensor("fc2.weight", 4, 4), n.tensor("fc2.bias", 4), transB=1)
    n.node("Tanh")
    n.node("Gemm", n.value, n.tensor("fc3.weight", 4, 3), transB=0)
    n.node("Softmax")
    return n.recorded("dense", "affine relu affine tanh affine softmax")


def keras_dense():
    """Bytes that are cast and scaled, and products with sums after them; a weight is a constant node."""
    n = Network([2, 3], 13, TensorProto.UINT8)
    n.node("Cast", to=TensorProto.FLOAT)
    n.node("Div", n.value, n.constant(np.float32(255)))
    n.node("Sub", n.value, n.constant(np.float32(0.5)))
    n.node("Mul", n.constant(np.float32(2)), n.value)
    n.node("Reshape", n.value, n.constant(np.array([-1, 6], np.int64)))
    n.node("MatMul", n.value, n.tensor("kernel", 6, 4))
    n.node("Add", n.value, n.tensor("bias", 1, 4))
    n.node("LeakyRelu", alpha=0.2)
    n.node("MatMul", n.value, n.constant(np.array(numbers(8, 5, 32.0), np.float32).reshape(4, 2)))
    n.node("Sigmoid")
    return n.recorded("keras", "affine leakyrelu affine sigmoid")


def convolutions():
    """Windows, normalisation, pooling, and all ways to flatten."""
    n = Network([3, 9, 9], 11)
    n.node("Conv", n.value, n.tensor("c1.weight", 4, 3, 3, 3), pads=[1, 1, 1, 1], strides=[2, 2], kernel_shape=[3, 3])
    n.node("BatchNormalization", n.value, n.tensor("g", 4), n.tensor("b", 4), n.tensor("m", 4),
           n.tensor("v", 4, positive=True), epsilon=0.01, momentum=0.8)
    n.node("Elu", alpha=0.5)
    n.node("MaxPool", kernel_shape=[2, 2], ceil_mode=0)
    n.node("Conv", n.value, n.tensor("c2.weight", 5, 4, 2, 2), n.tensor("c2.bias", 5), auto_pad="VALID")
    n.node("GlobalAveragePool")
    n.node("Squeeze", axes=[2, 3])
    n.node("Softmax", axis=1)
    return n.recorded("convolutions", "conv batchnorm elu maxpool conv averagepool flatten softmax")


def exported():
    """A view of [size, −1] as it is exported, SiLU and GELU out of their parts, a weight that is transposed by a node."""
    n = Network([1, 6, 6], 13)
    n.node("Conv", n.value, n.tensor("weight", 2, 1, 3, 3), n.tensor("bias", 2), auto_pad="SAME_UPPER")
    x = n.value
    n.node("Mul", x, n.node("Sigmoid"))
    n.node("AveragePool", kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1)
    x = n.value
    size = n.node("Gather", n.node("Shape"), n.constant(np.int64(0)))
    size = n.node("Unsqueeze", size, n.constant(np.array([0], np.int64)))
    target = n.node("Concat", size, n.constant(np.array([-1], np.int64)), axis=0)
    n.node("Reshape", x, target)
    n.node("Dropout")
    n.node("MatMul", n.value, n.node("Transpose", n.tensor("fc", 4, 18), perm=[1, 0]))
    x = n.value
    n.node("Div", x, n.constant(np.float32(np.sqrt(2))))
    n.node("Erf")
    n.node("Add", n.value, n.constant(np.float32(1)))
    n.node("Mul", x, n.value)
    n.node("Mul", n.value, n.constant(np.float32(0.5)))
    return n.recorded("exported", "conv silu averagepool flatten dropout affine gelu")


def later_operators():
    """Operators of later versions, half-precision weights, and a mean over height and width."""
    n = Network([2, 4, 4], 20)
    weight = n.node("Cast", n.tensor("half", 3, 2, 1, 1, dtype=np.float16), to=TensorProto.FLOAT)
    n.node("Conv", "x", weight)
    n.node("Gelu")
    n.node("ReduceMean", n.value, n.constant(np.array([-1, -2], np.int64)), keepdims=0)
    n.node("Softplus")
    n.node("Identity")
    n.node("BatchNormalization", n.value, n.tensor("g", 3), n.tensor("b", 3), n.tensor("m", 3),
           n.tensor("v", 3, positive=True))
    return n.recorded("later", "conv gelu averagepool flatten softplus batchnorm")


def lines(entries):
    return "[\n" + ",\n".join(json.dumps(entry) for entry in entries) + "\n]"


FILES = [type_model([7], True), type_model([7], False), type_model([], True), type_model([2, 3], False),
         unpacked_model(), constant_model(), external_model()]
NETWORKS = [torch_dense(), keras_dense(), convolutions(), exported(), later_operators()]
print('{"unnumbered": ' + json.dumps(complex_model()) + ',\n"tensors": ' + lines(FILES) + ',\n"networks": '
      + lines(NETWORKS) + "}")
