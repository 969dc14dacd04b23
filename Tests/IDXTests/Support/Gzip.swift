import BinaryIO

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
