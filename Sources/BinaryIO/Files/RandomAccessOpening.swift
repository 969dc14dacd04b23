/// Opens a path for random access; `-` is standard input. What has no size, such as a pipe, is read into memory.
package func openRandomAccess(path: String) throws(FileError) -> any RandomAccessSource {
  let input = try FileInput(path: path)
  if let source = FileSource(input) { return source }
  var bytes: [UInt8] = []
  let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
  defer { piece.deallocate() }
  while true {
    let count = try input.read(into: piece)
    if count == 0 { return MemorySource(bytes, name: path) }
    bytes.append(contentsOf: piece[..<count])
  }
}
