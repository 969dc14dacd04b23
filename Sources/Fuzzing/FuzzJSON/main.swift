import FuzzingSupport

@testable import ModelExchange
@testable import ModelFormat

/// Texts that are taken for JSON.
Fuzzer.run { start, count in
  let limits = ModelExamination.limits
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  guard let value = try? StructuredValue(json: text, name: "text", limits: limits) else { return 0 }
  let written = value.json
  let again = requireNoError("JSON that was written") { () throws(ModelFormatError) in
    try StructuredValue(json: written, name: "text", limits: limits)
  }
  require(again.encoded() == value.encoded(), "a value changed by its JSON: \(written)")
  require(again.json == written, "a value with two texts: \(written)")
  let decoded = requireNoError("the encoding of a value from JSON") { () throws(ModelFormatError) in
    try StructuredDecoder.decode(value.encoded(), limits: limits)
  }
  require(decoded.encoded() == value.encoded(), "a value that is not canonical: \(written)")
  return 0
}
