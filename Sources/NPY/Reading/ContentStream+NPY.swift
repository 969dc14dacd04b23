import BinaryIO

extension ContentStream {
  /// Opens a file, with errors as this library has them.
  static func npy(path: String) throws(NPYError) -> ContentStream {
    do throws(Failure) { return try ContentStream(path: path) } catch { throw NPYError(error, path: path, offset: 0) }
  }

  /// Reads `count` bytes, fewer only at the end, with errors as this library has them.
  mutating func next(_ count: Int) throws(NPYError) -> [UInt8] {
    do throws(Failure) { return try read(count: count) } catch { throw NPYError(error, path: path, offset: offset) }
  }
}
