import BinaryIO
import ModelFormat

/// Counts the tensors of a file against the limits.
struct TensorAllowance {
  private let limits: DecodingLimits
  private var count = 0
  private var total = 0

  init(_ limits: DecodingLimits) { self.limits = limits }

  /// - Throws: `limitExceeded`.
  mutating func add(_ tensor: TensorDescription) throws(ModelFormatError) {
    count += 1
    guard count <= limits.tensorCount else {
      throw ModelFormatError(.limitExceeded, expected: "at most \(limits.tensorCount) tensors", found: "more")
    }
    guard tensor.shape.count <= limits.rank else {
      throw ModelFormatError(
        .limitExceeded, tensor: tensor.name, expected: "at most \(limits.rank) dimensions",
        found: "\(tensor.shape.count)")
    }
    guard let sum = CheckedArithmetic.sum(total, max(tensor.byteCount, tensor.encodedByteCount)),
      sum <= limits.totalTensorSize
    else {
      throw ModelFormatError(
        .limitExceeded, tensor: tensor.name, expected: "at most \(limits.totalTensorSize) bytes of tensors",
        found: "more")
    }
    total = sum
  }
}
