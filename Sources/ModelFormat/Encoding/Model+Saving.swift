import BinaryIO

extension Model {
  /// Saves the model to a file, durably.
  ///
  /// The bytes go to a temporary file in the same folder, which is synchronised and renamed into place: after a
  /// crash at any point the old file is there, or the complete new one. Saving over the file that the model was
  /// loaded from is safe. The same model gives the same bytes on the same zlib.
  ///
  /// - Parameters:
  ///   - path: where to; `-` is standard output.
  ///   - replacing: whether a file that stands there may be replaced.
  ///   - compression: how much work goes into making the file small.
  ///   - threads: how many threads share that work; nil for one per processor. The bytes are the same.
  /// - Throws: `ModelFormatError` with code `file`; its `fileError` has the reason, `.alreadyExists` among them.
  ///   `limitExceeded` for what readers with the default limits would refuse; what stood at `path` then stays.
  public func save(
    to path: String, replacing: Bool = true, compression: Compression = .default, threads: Int? = nil
  ) throws(ModelFormatError) {
    if path == "-" {
      _ = try written(to: DescriptorSink.standardOutput, compression, threads)
    } else {
      let file: AtomicFileWriter
      do { file = try AtomicFileWriter.create(path: path, replacing: replacing) } catch {
        throw ModelFormatError(error)
      }
      let written = try written(to: file, compression, threads)
      do { try written.commit() } catch { throw ModelFormatError(error) }
    }
  }

  /// The bytes of the model's file.
  ///
  /// - Throws: `limitExceeded` for what readers with the default limits would refuse, or when zlib cannot get memory.
  public func encoded(
    compression: Compression = .default, threads: Int? = nil
  ) throws(ModelFormatError) -> [UInt8] {
    let values = (tensors + (trainingState?.tensors ?? [])).reduce(0) { $0 + $1.bytes.count }
    return try written(to: MemorySink(capacity: values), compression, threads).bytes
  }

  private func written<Sink: ByteSink & ~Copyable>(
    to sink: consuming Sink, _ compression: Compression, _ threads: Int?
  ) throws(ModelFormatError) -> Sink {
    var writer = try ModelWriter(sink, compression: compression, threads: threads)
    try writer.write(self)
    return try writer.finish()
  }
}
