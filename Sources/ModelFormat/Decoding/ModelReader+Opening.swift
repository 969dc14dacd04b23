import BinaryIO

extension ModelReader {
  /// The bytes at a path, readable in any order.
  ///
  /// A pipe may have no end. Its first bytes are checked before more of it is read, and all of them are counted.
  static func source(_ path: String, _ limits: DecodingLimits) throws(ModelFormatError) -> any RandomAccessSource {
    let input: FileInput
    var start = [UInt8](repeating: 0, count: FileHeader.size)
    do throws(FileError) {
      input = try FileInput(path: path)
      if let file = FileSource(input) { return file }
      let count = try start.withMutableBytes { (buffer) throws(FileError) in try input.read(into: buffer) }
      start.removeLast(FileHeader.size - count)
    } catch { throw ModelFormatError(error) }

    do throws(ModelFormatError) {
      if try !SafetensorsFile.recognises(MemorySource(start, name: path)) { _ = try FileHeader.decode(start) }
    } catch { throw error.at(path: path) }

    let bytes: [UInt8]?
    do { bytes = try input.readAll(after: start, maximumCount: limits.pipeSize) } catch {
      throw ModelFormatError(error)
    }
    guard let bytes else {
      throw ModelFormatError(
        .limitExceeded, expected: "at most \(limits.pipeSize) bytes from a pipe, where files may be larger",
        found: "more"
      ).at(path: path)
    }
    return MemorySource(bytes, name: path)
  }
}
