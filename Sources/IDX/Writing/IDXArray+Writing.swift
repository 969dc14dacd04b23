import BinaryIO

/// How an IDX file is stored.
public enum IDXCompression: Sendable {
  /// As it is.
  case none
  /// As one gzip member without a name and a time, so that equal arrays give equal files.
  case gzip
}

extension IDXArray {
  /// Writes the array as an IDX file that is on disk when this returns.
  ///
  /// The bytes go to a temporary file next to `path` that is renamed when it is complete: after a failure or a
  /// crash `path` holds what it held before.
  ///
  /// - Parameters:
  ///   - path: where to; `-` is standard output.
  ///   - replacing: whether an existing file at `path` may be replaced.
  ///   - compression: whether to compress. The name of the file plays no part.
  /// - Throws: `.file` (with the reason `.alreadyExists` when there is a file and `replacing` is false),
  ///   `.outOfMemory`.
  /// - Complexity: O(n) time; besides the array itself memory is constant.
  public func write(
    to path: String, replacing: Bool, compression: IDXCompression = .none
  ) throws(IDXError) {
    do throws(GzipReader.Failure) {
      if path == "-" {
        var output = DescriptorSink.standardOutput
        try unsafe encode(compression) { (bytes) throws(FileError) in try unsafe output.write(bytes) }
      } else {
        try writeFile(path, replacing: replacing, compression: compression)
      }
    } catch { throw IDXError(error, path: path, offset: 0) }
  }

  private func writeFile(
    _ path: String, replacing: Bool, compression: IDXCompression
  ) throws(GzipReader.Failure) {
    var writer: AtomicFileWriter
    do throws(FileError) {
      writer = try AtomicFileWriter.create(path: path, replacing: replacing)
    } catch { throw .file(error) }
    try unsafe encode(compression) { (bytes) throws(FileError) in try unsafe writer.write(bytes) }
    do throws(FileError) { try writer.commit() } catch { throw .file(error) }
  }

  /// Hands the bytes of the file to `output` in pieces.
  private func encode(
    _ compression: IDXCompression, to output: GzipWriter.Output
  ) throws(GzipReader.Failure) {
    switch compression {
    case .none:
      try unsafe forEachPiece { (bytes) throws(GzipReader.Failure) in
        do throws(FileError) { try unsafe output(bytes) } catch { throw .file(error) }
      }
    case .gzip:
      var gzip: GzipWriter
      do throws(CompressionError) { gzip = try GzipWriter() } catch { throw .stream(error) }
      try unsafe forEachPiece { (bytes) throws(GzipReader.Failure) in try unsafe gzip.write(bytes, to: output) }
      try unsafe gzip.finish(to: output)
    }
  }

  /// Header and elements as they are stored in the file: the elements of more than one byte turned around piece by
  /// piece, so that the array is not copied as a whole.
  private func forEachPiece(
    _ body: (UnsafeRawBufferPointer) throws(GzipReader.Failure) -> Void
  ) throws(GzipReader.Failure) {
    try unsafe header.encoded.withBytes(body)
    let size = header.elementType.byteSize
    if size == 1 { return try unsafe bytes.withBytes(body) }
    let pieceSize = 1 << 16  // a multiple of every element size
    for start in stride(from: 0, to: bytes.count, by: pieceSize) {
      var piece = Array(bytes[start..<min(start + pieceSize, bytes.count)])
      try unsafe piece.withMutableBytes { (buffer) throws(GzipReader.Failure) in
        unsafe ByteOrder.swapBetweenFileAndMachine(buffer, elementSize: size)
        try unsafe body(UnsafeRawBufferPointer(buffer))
      }
    }
  }
}
