import FuzzingSupport

@testable import ModelFormat

/// Structured values as they are encoded, before compression, and the parts of a model that they stand for.
Fuzzer.run { start, count in
  let bytes = Fuzzer.bytes(start, count)
  guard let value = try? StructuredDecoder.decode(bytes, limits: ModelExamination.limits) else { return 0 }
  require(value.encoded() == bytes, "a value with two encodings")
  ValueExamination.examineJSON(value)
  ValueExamination.examineParts(value)
  return 0
}
