import FuzzingSupport

/// IDX files, plain or gzip-compressed, read from a file and from a pipe.
let examination = IDXExamination()

Fuzzer.run { start, count in
  examination.examine(Fuzzer.bytes(start, count))
  return 0
}
