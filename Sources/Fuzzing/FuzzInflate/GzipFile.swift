import BinaryIO
import FuzzingSupport

/// What must hold for gzip files.
struct GzipFile {
  private let file = ScratchFile()

  /// All that a file holds, read in pieces of a size, or why it cannot be read.
  private func inflate(pieces size: Int, prefix count: Int) throws(GzipReader.Failure) -> [UInt8] {
    let input: FileInput
    do throws(FileError) { input = try FileInput(path: file.path) } catch { throw .file(error) }
    var prefix = [UInt8](repeating: 0, count: count)
    let got: Int
    do throws(FileError) {
      got = try prefix.withMutableBytes { (buffer) throws(FileError) in try input.read(into: buffer) }
    } catch { throw .file(error) }
    var reader = try GzipReader(input, prefix: Array(prefix[..<got]))
    var (content, piece) = ([UInt8](), [UInt8](repeating: 0, count: size))
    // So much that no small input makes it, and so little that a run of zeros does not take long.
    while content.count < 1 << 17 {
      let count = try piece.withMutableBytes { (buffer) throws(GzipReader.Failure) in try reader.read(into: buffer) }
      content += piece[..<count]
      if count < size { break }
    }
    return content
  }

  /// Bytes that may be a gzip file: in whatever pieces they are read, the content or the refusal is the same.
  func examine(file bytes: [UInt8]) {
    file.write(bytes)
    let whole = Result { () throws(GzipReader.Failure) in try inflate(pieces: 1 << 16, prefix: 2) }
    let parts = Result { () throws(GzipReader.Failure) in try inflate(pieces: 1 << 9, prefix: 4) }
    require(whole == parts, "read in pieces, a gzip file differs")
  }

  /// Two members give the content of both, and are refused when a byte is missing at the end.
  func examine(content: [UInt8], cutAt place: Int) {
    let middle = place % (content.count + 1)
    let members = member(Array(content[..<middle])) + member(Array(content[middle...]))
    file.write(members)
    let again = requireNoError("a gzip file") { () throws(GzipReader.Failure) in
      try inflate(pieces: 1 << 10, prefix: 2)
    }
    require(again == content, "content changed by gzip")
    file.write(Array(members.dropLast()))
    let cut = Result { () throws(GzipReader.Failure) in try inflate(pieces: 1 << 10, prefix: 2) }
    require(cut == .failure(.stream(.truncated)), "a gzip file without its last byte: \(cut)")
  }

  private func member(_ content: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    requireNoError("writing gzip") { () throws(GzipReader.Failure) in
      var writer: GzipWriter
      do throws(CompressionError) { writer = try GzipWriter() } catch { throw .stream(error) }
      try content.withBytes { (bytes) throws(GzipReader.Failure) in
        try writer.write(bytes) { (ready) throws(FileError) in output += ready }
      }
      try writer.finish { (ready) throws(FileError) in output += ready }
    }
    return output
  }
}
