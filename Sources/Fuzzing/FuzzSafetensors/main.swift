import FuzzingSupport

/// Whole safetensors files; the custom mutator keeps the length of their header right.
let examination = ModelExamination()

Fuzzer.run { start, count in
  examination.examine(Fuzzer.bytes(start, count))
  return 0
}
