/// Sends lines on their way as they come about, so that however many there are none is held for long.
struct LineOutput {
  private static let bufferSize = 1 << 16

  private let output: ([UInt8]) throws -> Void
  private var bytes: [UInt8] = []

  init(_ output: @escaping ([UInt8]) throws -> Void) { self.output = output }

  /// Writes a line, and adds its end.
  mutating func write(_ line: String) throws {
    bytes.append(contentsOf: line.utf8)
    bytes.append(UInt8(ascii: "\n"))
    if bytes.count >= LineOutput.bufferSize { try flush() }
  }

  /// Sends what is left.
  consuming func finish() throws { try flush() }

  private mutating func flush() throws {
    try output(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
