/// JSON as the contract has it: shortest round-trip numbers, and "NaN", "Infinity", "-Infinity" as strings.
enum JSONOutput {
  /// Writes a document over several lines, with a line end, in pieces. What is long is never held as a whole.
  ///
  /// - Throws: what encoding throws, before anything is written; the errors of `output`.
  static func document(_ value: some Encodable, to output: @escaping ([UInt8]) throws -> Void) throws {
    try writer(value, isIndented: true).send(to: output)
  }

  /// The same as a whole, for what is short.
  static func document(_ value: some Encodable) throws -> [UInt8] { try bytes(value, isIndented: true) }

  /// One line, with its end.
  static func line(_ value: some Encodable) throws -> [UInt8] { try bytes(value, isIndented: false) }

  private static func bytes(_ value: some Encodable, isIndented: Bool) throws -> [UInt8] {
    let collected = Collected()
    try writer(value, isIndented: isIndented).send { collected.bytes += $0 }
    return collected.bytes
  }

  private static func writer(_ value: some Encodable, isIndented: Bool) throws -> JSONWriter {
    var writer = JSONWriter(isIndented: isIndented)
    try JSONDocumentEncoder.write(value, to: &writer)
    return writer
  }

  private final class Collected {
    var bytes: [UInt8] = []
  }
}
