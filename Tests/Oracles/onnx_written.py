"""ONNX files that nnkit has written, passed by ONNX's checker, and what ONNX Runtime answers.

    pip install onnx onnxruntime
    mkdir -p .build/onnx
    NNKIT_ONNX_OUTPUT=$PWD/.build/onnx swift test --filter ONNXRuntimeTests
    python Tests/Oracles/onnx_written.py .build/onnx > Tests/Oracles/onnx_written.json
"""
import base64
import json
import os
import sys

import numpy as np
import onnx
import onnxruntime


def recorded(folder, index):
    path = os.path.join(folder, f"{index}.onnx")
    onnx.checker.check_model(path, full_check=True)
    file = open(path, "rb").read()
    values = np.fromfile(os.path.join(folder, f"{index}.bin"), "<f4")
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    entry = session.get_inputs()[0]
    output = session.run(None, {entry.name: values.reshape([-1] + entry.shape[1:])})[0]
    assert list(output.shape[1:]) == session.get_outputs()[0].shape[1:]
    return {"file": base64.b64encode(file).decode(), "output": [float(value) for value in output.flatten()]}


folder = sys.argv[1]
count = len([name for name in os.listdir(folder) if name.endswith(".onnx")])
lines = ",\n".join(json.dumps(recorded(folder, index)) for index in range(count))
print('{"networks": [\n' + lines + "\n]}")
