import FuzzingSupport

/// Whole GGUF files.
let examination = ModelExamination()

Fuzzer.run { start, count in
  examination.examine(Fuzzer.bytes(start, count))
  return 0
}
