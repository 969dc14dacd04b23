package import MachineLimits

extension AvailableMemory {
  /// Throws `limitExceeded` when the machine has less memory, or the system would not give so much. O(1): no memory is
  /// touched.
  package static func check(byteCount: Int) throws(ModelFormatError) {
    guard has(byteCount: byteCount) else { throw exceeded(byteCount) }
  }

  /// Throws `limitExceeded`, before any is loaded, when the values of the tensors together are larger than the machine's
  /// memory; the error names the tensor that is one too many.
  package static func check(loading tensors: [TensorDescription]) throws(ModelFormatError) {
    var total = 0
    for tensor in tensors {
      let (sum, overflow) = total.addingReportingOverflow(tensor.byteCount)
      guard !overflow, sum <= physical else { throw exceeded(overflow ? .max : sum).at(tensor: tensor.name) }
      total = sum
    }
  }

  private static func exceeded(_ byteCount: Int) -> ModelFormatError {
    ModelFormatError(.limitExceeded, expected: "memory for \(byteCount) bytes", found: "less")
  }
}
