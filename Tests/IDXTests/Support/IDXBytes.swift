import BinaryIO
import IDX
import Testing

/// One gzip member that holds `bytes`.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  var sink = MemorySink()
  var writer = try GzipWriter()
  try bytes.withBytes { (buffer) throws(GzipReader.Failure) in
    try writer.write(buffer) { (ready) throws(FileError) in try sink.write(ready) }
  }
  try writer.finish { (ready) throws(FileError) in try sink.write(ready) }
  return sink.bytes
}

/// Expects that `body` throws an error with exactly this evidence.
func expectError(
  _ code: IDXError.Code, path: String? = nil, offset: Int? = nil, expected: String, found: String,
  at location: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) {
  let error = #expect(throws: IDXError.self, sourceLocation: location) { try body() }
  #expect(error?.code == code, sourceLocation: location)
  #expect(error?.path == path, sourceLocation: location)
  #expect(error?.offset == offset, sourceLocation: location)
  #expect(error?.expected == expected, sourceLocation: location)
  #expect(error?.found == found, sourceLocation: location)
}
