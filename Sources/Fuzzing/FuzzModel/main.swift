import FuzzingSupport

/// Whole files of this library's format; the custom mutator keeps their checksums right.
let examination = ModelExamination()

Fuzzer.run { start, count in
  examination.examine(Fuzzer.bytes(start, count))
  return 0
}
