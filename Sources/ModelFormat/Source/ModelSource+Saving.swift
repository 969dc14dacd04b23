import BinaryIO

extension ModelSource {
  /// Writes the model to a file, durably. No more than a few pieces of a tensor per thread are held in memory.
  ///
  /// The bytes go to a temporary file in the same folder, which is synchronised and renamed into place: after a
  /// crash at any point the old file is there, or the complete new one. Saving over the file that is read is safe.
  /// The same model gives the same bytes on the same zlib. What is read for it is verified: damage to a source ends in
  /// an error, and leaves what was at `path`. What the format has no place for is left out.
  ///
  /// - Parameters:
  ///   - path: where to; `-` is standard output.
  ///   - format: what the file becomes, whatever its name.
  ///   - replacing: whether an existing file may be replaced.
  ///   - compression: how much work goes into making the file small, in formats that compress.
  ///   - threads: how many threads share that work; nil for one per processor. The bytes are the same.
  /// - Throws: `ModelFormatError` with code `file`; its `fileError` has the reason, `.alreadyExists` among them, and
  ///   `.formatIsReadOnly` for a format that cannot be written. `limitExceeded` for what readers of the format with the
  ///   default limits would refuse; `invalidTensor` for a tensor that the format cannot hold; any error of a source.
  public func save(
    to path: String, as format: FileFormat = .nnk, replacing: Bool = true, compression: Compression = .default,
    threads: Int? = nil
  ) throws(ModelFormatError) {
    try save(
      to: path, as: format, replacing: replacing,
      FileFormat.WritingOptions(compression: compression, threads: threads))
  }

  func save(
    to path: String, as format: FileFormat, replacing: Bool, _ options: FileFormat.WritingOptions
  ) throws(ModelFormatError) {
    let write = try writer(of: format, path)
    let output: FileOutput
    do { output = try FileOutput(path: path, replacing: replacing) } catch { throw ModelFormatError(error) }
    let written = try write(self, options, output)
    do { _ = try written.commit() } catch { throw ModelFormatError(error) }
  }

  /// The bytes of the file that `save(to:as:replacing:compression:threads:)` would write.
  ///
  /// - Throws: what that throws, except for files; `limitExceeded` also when zlib cannot get memory.
  public func encoded(
    as format: FileFormat = .nnk, compression: Compression = .default, threads: Int? = nil
  ) throws(ModelFormatError) -> [UInt8] {
    let write = try writer(of: format, name)
    let size = contents.allTensors.reduce(0) { $0.addingReportingOverflow($1.byteCount).partialValue }
    let output = FileOutput(capacity: size)
    let written = try write(self, FileFormat.WritingOptions(compression: compression, threads: threads), output)
    do { return try written.commit() } catch { throw ModelFormatError(error) }
  }

  private func writer(of format: FileFormat, _ path: String) throws(ModelFormatError) -> FileFormat.Writer {
    guard let write = format.write else {
      throw ModelFormatError(FileError(operation: .create, path: path, reason: .formatIsReadOnly))
    }
    return write
  }
}
