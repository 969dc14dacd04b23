/// JSON as the contract has it: shortest round-trip numbers, and "NaN", "Infinity", "-Infinity" as strings.
enum JSONOutput {
  /// A document over several lines, with a line end.
  static func document(_ value: some Encodable) throws -> String { try text(value, isIndented: true) }

  /// One line, with its end.
  static func line(_ value: some Encodable) throws -> String { try text(value, isIndented: false) }

  private static func text(_ value: some Encodable, isIndented: Bool) throws -> String {
    var writer = JSONTreeWriter(isIndented: isIndented)
    writer.write(try JSONTreeEncoder.tree(value))
    return String(decoding: writer.bytes, as: UTF8.self) + "\n"
  }
}
