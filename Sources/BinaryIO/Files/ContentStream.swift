import MachineLimits

/// The content of a file from front to back, inflated when the file is gzip.
package struct ContentStream: ~Copyable {
  /// Why content could not be read.
  package enum Failure: Error, Equatable, Sendable {
    case file(FileError)
    case gzip(CompressionError)
    /// The system has no memory for so many bytes.
    case outOfMemory(byteCount: Int)

    init(_ failure: GzipReader.Failure) {
      switch failure {
      case .file(let error): self = .file(error)
      case .stream(let error): self = .gzip(error)
      }
    }
  }

  package let path: String
  /// The size of the content where it is known beforehand: a regular file that is not compressed.
  package let knownByteCount: Int?
  /// How many bytes of the content have been delivered.
  package private(set) var offset = 0

  private let input: FileInput
  /// The first bytes, read to recognise gzip, that are still to be delivered when it is not.
  private var prefix: [UInt8]
  private var gzip: GzipReader?

  private static let pieceSize = 1 << 18

  /// Opens `path`, `-` for standard input, and looks for gzip's magic bytes, whatever the name ends in.
  package init(path: String) throws(Failure) {
    let file: FileInput
    let first: [UInt8]
    do throws(FileError) {
      file = try FileInput(path: path)
      first = try file.readBytes(count: GzipReader.magic.count)
    } catch { throw .file(error) }
    let isGzip = first == GzipReader.magic
    gzip = isGzip ? try ContentStream.inflating(file, prefix: first) : nil
    self.path = path
    input = file
    prefix = isGzip ? [] : first
    knownByteCount = isGzip ? nil : file.size
  }

  private static func inflating(_ file: FileInput, prefix: [UInt8]) throws(Failure) -> GzipReader {
    do throws(GzipReader.Failure) { return try GzipReader(file, prefix: prefix) } catch { throw Failure(error) }
  }

  /// Reads `count` bytes; fewer only at the end of the content.
  ///
  /// Memory grows with the bytes that come, not with `count`, unless the file is known to be long enough. A file may
  /// have holes, and a pipe no end: `.outOfMemory` is thrown where the system has no memory for them.
  package mutating func read(count: Int) throws(Failure) -> [UInt8] {
    guard let size = knownByteCount, count <= size - offset else { return try readInPieces(count: count) }
    guard AvailableMemory.has(byteCount: count) else { throw .outOfMemory(byteCount: count) }
    var failure: Failure?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(Failure) { initialized = try unsafe read(into: UnsafeMutableRawBufferPointer(buffer)) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  private mutating func readInPieces(count: Int) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: min(count, ContentStream.pieceSize))
    while bytes.count < count {
      let wanted = min(piece.count, count - bytes.count)
      let got = try unsafe piece.withMutableBytes { (buffer) throws(Failure) in
        try unsafe read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
      }
      guard AvailableMemory.grow(&bytes, by: got, maximumCount: count) else {
        throw .outOfMemory(byteCount: count)
      }
      bytes.append(contentsOf: piece[..<got])
      if got < wanted { break }
    }
    return bytes
  }

  private mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    let count: Int
    if gzip != nil {
      do throws(GzipReader.Failure) { count = try unsafe gzip?.read(into: buffer) ?? 0 } catch { throw Failure(error) }
    } else {
      let fromPrefix = min(prefix.count, buffer.count)
      unsafe buffer.copyBytes(from: prefix[..<fromPrefix])
      prefix.removeFirst(fromPrefix)
      do throws(FileError) {
        count =
          unsafe fromPrefix + (try input.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[fromPrefix...])))
      } catch { throw .file(error) }
    }
    offset += count
    return count
  }
}

extension FileInput {
  /// Reads `count` bytes, a small number; fewer only at the end.
  fileprivate func readBytes(count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = try unsafe bytes.withMutableBytes { (buffer) throws(FileError) in try unsafe read(into: buffer) }
    return Array(bytes[..<got])
  }
}
