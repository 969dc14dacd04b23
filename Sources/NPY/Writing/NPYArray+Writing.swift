import BinaryIO

extension NPYArray {
  /// The bytes of an `.npy` file: version 1.0, row-major, in the machine's byte order, as `numpy.save` writes it.
  public var encoded: [UInt8] { header.encoded + bytes }

  /// Writes the array as an `.npy` file that is on disk when this returns.
  ///
  /// The bytes go to a temporary file beside `path` that is renamed when it is complete: after a failure or a crash `path`
  /// holds what it held before.
  ///
  /// - Parameters:
  ///   - path: where to; `-` is standard output.
  ///   - replacing: whether a file at `path` may be replaced.
  /// - Throws: `.file`, with the reason `.alreadyExists` when there is a file and `replacing` is false.
  /// - Complexity: O(n).
  public func write(to path: String, replacing: Bool) throws(NPYError) {
    do throws(FileError) {
      if path == "-" {
        var output = DescriptorSink.standardOutput
        try write(to: &output)
      } else {
        var writer = try AtomicFileWriter.create(path: path, replacing: replacing)
        try write(to: &writer)
        try writer.commit()
      }
    } catch { throw NPYError(error) }
  }

  private func write<Sink: ByteSink & ~Copyable>(to sink: inout Sink) throws(FileError) {
    try unsafe header.encoded.withBytes { (buffer) throws(FileError) in try unsafe sink.write(buffer) }
    try unsafe bytes.withBytes { (buffer) throws(FileError) in try unsafe sink.write(buffer) }
  }
}

extension NPYHeader {
  /// The header as NumPy writes it: padded with spaces so that the elements begin at a multiple of 64.
  var encoded: [UInt8] {
    let order = elementType.wordSize == 1 ? "|" : isBigEndian ? ">" : "<"
    let lengths = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let fortran = isFortranOrder ? "True" : "False"
    let text = "{'descr': '\(order)\(elementType.rawValue)', 'fortran_order': \(fortran), 'shape': (\(lengths)), }"
    // Signature, version and the 16 bits of the length take 10 bytes. 64 lengths of 19 digits stay below 65,536.
    let padding = 63 - (10 + text.utf8.count) % 64
    var writer = ByteWriter()
    writer.write(NPYHeader.signature)
    writer.write([1, 0])
    writer.writeLittleEndian(UInt16(truncatingIfNeeded: text.utf8.count + padding + 1))
    writer.write(text.utf8)
    writer.write([UInt8](repeating: UInt8(ascii: " "), count: padding))
    writer.write([UInt8(ascii: "\n")])
    return writer.bytes
  }
}
