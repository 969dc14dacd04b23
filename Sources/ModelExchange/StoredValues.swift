import BinaryIO
import ModelFormat

/// The values of a tensor that are stored in a file as they are, without checksums.
struct StoredValues: TensorValues {
  private let source: any RandomAccessSource
  private let start: Int
  private let tensor: TensorDescription

  var byteCount: Int { tensor.byteCount }

  /// - Parameter start: where the values begin in the source.
  init(_ source: any RandomAccessSource, at start: Int, _ tensor: TensorDescription) {
    self.source = source
    self.start = start
    self.tensor = tensor
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    do { try checkRange(at: offset, count: buffer.count) } catch {
      throw error.at(path: source.name, tensor: tensor.name)
    }
    let found: Int
    do { found = try unsafe source.read(at: start + offset, into: buffer) } catch {
      throw ModelFormatError(error).at(tensor: tensor.name)
    }
    guard found == buffer.count else {
      throw ModelFormatError(
        .truncated, tensor: tensor.name, offset: start + offset, expected: "\(buffer.count) bytes of values",
        found: "\(found), although the file was longer"
      ).at(path: source.name)
    }
    do { try unsafe tensor.checkBooleans(UnsafeRawBufferPointer(buffer), from: offset) } catch {
      throw error.at(path: source.name, section: "data", offset: start)
    }
  }
}
