/// The inputs of a data set: rows of numbers, or rows of bytes that become numbers when they are used.
///
/// Bytes stay bytes, at a quarter of the memory of `Float`: a row is converted by
/// x = `scale` · byte + `offset` at the moment it enters a mini-batch.
public struct DatasetInputs<Scalar: NetworkScalar>: Sendable, Equatable {
  enum Storage: Sendable, Equatable {
    case bytes([UInt8], scale: Scalar, offset: Scalar)
    case values([Scalar])
  }

  let storage: Storage
  /// The number of samples.
  public let count: Int
  /// The number of values of one sample.
  public let width: Int

  /// Creates inputs from bytes such as the pixels of images.
  ///
  /// - Parameters:
  ///   - bytes: All samples, one after another.
  ///   - width: The number of bytes of one sample.
  ///   - scale: What each byte is multiplied by, such as 1/255.
  ///   - offset: What is added then.
  /// - Throws: `NetworkError` with the code `invalidShape` for a width below 1, `countMismatch` if the bytes
  ///   are no whole number of samples, `valueOutOfRange` if scale or offset is not finite.
  public init(bytes: [UInt8], width: Int, scale: Scalar, offset: Scalar) throws(NetworkError) {
    guard width >= 1 else {
      throw NetworkError(.invalidShape, at: "inputs", expected: "a width of at least 1", found: "\(width)")
    }
    guard bytes.count.isMultiple(of: width) else {
      throw NetworkError(
        .countMismatch, at: "inputs", expected: "a multiple of the width \(width)",
        found: "\(bytes.count) bytes")
    }
    guard scale.isFinite, offset.isFinite else {
      throw NetworkError(
        .valueOutOfRange, at: "inputs", expected: "a finite scale and offset",
        found: "scale \(scale), offset \(offset)")
    }
    storage = .bytes(bytes, scale: scale, offset: offset)
    count = bytes.count / width
    self.width = width
  }

  /// Creates inputs from a matrix with one sample in each row.
  ///
  /// - Throws: `NetworkError` with the code `invalidShape` for a matrix without columns.
  public init(_ matrix: Matrix<Scalar>) throws(NetworkError) {
    guard matrix.columns >= 1 else {
      throw NetworkError(
        .invalidShape, at: "inputs", expected: "at least 1 column", found: "\(matrix.columns)")
    }
    storage = .values(matrix.elements)
    count = matrix.rows
    width = matrix.columns
  }

  /// The rows with the given indices, which are known to be in range.
  func subset(_ indices: [Int]) -> DatasetInputs {
    switch storage {
    case .bytes(let bytes, let scale, let offset):
      DatasetInputs(
        storage: .bytes(rows(indices, of: bytes), scale: scale, offset: offset), count: indices.count,
        width: width)
    case .values(let values):
      DatasetInputs(storage: .values(rows(indices, of: values)), count: indices.count, width: width)
    }
  }

  init(storage: Storage, count: Int, width: Int) {
    self.storage = storage
    self.count = count
    self.width = width
  }

  private func rows<Element>(_ indices: [Int], of elements: [Element]) -> [Element] {
    var result: [Element] = []
    result.reserveCapacity(indices.count * width)
    for index in indices { result += elements[index * width..<(index + 1) * width] }
    return result
  }

  /// Writes the rows of a range, which lies within them, to the start of `output`, as numbers.
  package func copy(_ range: Range<Int>, into output: UnsafeMutableBufferPointer<Scalar>) {
    unsafe Array(range).withUnsafeBufferPointer { indices in
      guard let first = indices.baseAddress, let target = output.baseAddress,
        range.count * width <= output.count
      else { return }
      unsafe gather(first, rows: range.count, into: target)
    }
  }

  /// Writes the rows at `indices` to `output`, as numbers.
  func gather(
    _ indices: UnsafePointer<Int>, rows: Int, into output: UnsafeMutablePointer<Scalar>
  ) {
    switch storage {
    case .bytes(let bytes, let scale, let offset):
      unsafe bytes.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        unsafe Scalar.kernels.loops.gather(
          bytes: base, indices: indices, rows: rows, columns: width, scale: scale, offset: offset,
          output: output)
      }
    case .values(let values):
      unsafe values.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        for row in 0..<rows {
          unsafe (output + row * width).update(from: base + indices[row] * width, count: width)
        }
      }
    }
  }
}
