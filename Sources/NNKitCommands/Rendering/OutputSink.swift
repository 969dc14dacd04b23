import BinaryIO

/// Where an output goes: a file that appears only when it is complete, or standard output.
///
/// Standard output gets nothing before the end either, so that damaged input leaves no half of an answer behind, until
/// more than `heldBack` bytes are waiting.
struct OutputSink: ~Copyable {
  private static let heldBack = 1 << 26

  private var file: AtomicFileWriter?
  private var standardOutput = DescriptorSink.standardOutput
  private var waiting: [UInt8] = []

  init(path: String, replacing: Bool) throws {
    file = path == "-" ? nil : try AtomicFileWriter.create(path: path, replacing: replacing)
  }

  mutating func write(_ bytes: [UInt8]) throws {
    waiting += bytes
    if file != nil || waiting.count > OutputSink.heldBack { try flush() }
  }

  private mutating func flush() throws {
    if try file?.write(waiting) == nil { try standardOutput.write(waiting) }
    waiting.removeAll(keepingCapacity: true)
  }

  consuming func finish() throws {
    try flush()
    if let file = file.take() { try file.commit() }
  }
}
