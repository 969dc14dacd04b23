/// JSON as the contract has it: shortest round-trip numbers, and "NaN", "Infinity", "-Infinity" as strings.
enum JSONOutput {
  /// A document over several lines, with a line end.
  static func document(_ value: some Encodable) throws -> [UInt8] { try bytes(value, isIndented: true) }

  /// One line, with its end.
  static func line(_ value: some Encodable) throws -> [UInt8] { try bytes(value, isIndented: false) }

  private static func bytes(_ value: some Encodable, isIndented: Bool) throws -> [UInt8] {
    var writer = JSONWriter(isIndented: isIndented)
    try JSONDocumentEncoder.write(value, to: &writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}
