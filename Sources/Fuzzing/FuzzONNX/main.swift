import FuzzingSupport

/// Whole ONNX files; the custom mutator changes fields of their messages and keeps the lengths right.
let examination = ModelExamination()

Fuzzer.run { start, count in
  examination.examine(Fuzzer.bytes(start, count))
  return 0
}
