/// Where a file is written to: a path, standard output, or memory.
///
/// What goes to a path is not there before `commit()`, which puts it in place durably; without that nothing of it stays.
package struct FileOutput: ByteSink, ~Copyable {
  private var file: AtomicFileWriter?
  private var stream: DescriptorSink?
  private var memory: MemorySink?

  private init(file: consuming AtomicFileWriter?, stream: DescriptorSink?, memory: MemorySink?) {
    self.file = file
    self.stream = stream
    self.memory = memory
  }

  /// - Parameters:
  ///   - path: `-` is standard output.
  ///   - replacing: whether an existing file may be replaced.
  /// - Throws: what `AtomicFileWriter.create(path:replacing:)` throws.
  package init(path: String, replacing: Bool) throws(FileError) {
    if path == "-" {
      self.init(file: nil, stream: .standardOutput, memory: nil)
    } else {
      self.init(file: try AtomicFileWriter.create(path: path, replacing: replacing), stream: nil, memory: nil)
    }
  }

  /// Memory.
  ///
  /// - Parameter capacity: how many bytes there may be before it has to move.
  package init(capacity: Int) {
    self.init(file: nil, stream: nil, memory: MemorySink(capacity: capacity))
  }

  package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try unsafe memory?.write(bytes)
    try unsafe stream?.write(bytes)
    try unsafe file?.write(bytes)
  }

  /// Ends the file and returns its bytes where it was written to memory; nothing anywhere else.
  ///
  /// - Throws: what `AtomicFileWriter.commit()` throws.
  package consuming func commit() throws(FileError) -> [UInt8] {
    let bytes = memory?.bytes ?? []
    if let file = consume file { try file.commit() }
    return bytes
  }
}
