import BinaryIO

extension DecodingLimits {
  /// Refuses tensors, those of the training state included, that a reader with these limits would refuse. O(n).
  func check(_ tensors: [TensorDescription]) throws(ModelFormatError) {
    try checkTensorCount(tensors.count)
    var total = 0
    for tensor in tensors {
      try checkRank(tensor.shape, tensor: tensor.name)
      total = try checkedTotal(total, adding: tensor)
    }
  }

  func checkTensorCount(_ count: Int) throws(ModelFormatError) {
    guard count <= tensorCount else {
      throw ModelFormatError(.limitExceeded, expected: "at most \(tensorCount) tensors", found: "\(count)")
    }
  }

  /// The size of some tensors and one more in bytes.
  func checkedTotal(_ total: Int, adding tensor: TensorDescription) throws(ModelFormatError) -> Int {
    guard let sum = CheckedArithmetic.sum(total, tensor.byteCount), sum <= totalTensorSize else {
      throw ModelFormatError(
        .limitExceeded, tensor: tensor.name, expected: "at most \(totalTensorSize) bytes of tensors", found: "more")
    }
    return sum
  }

  func checkSectionCount(_ count: Int) throws(ModelFormatError) {
    guard count <= sectionCount else {
      throw ModelFormatError(.limitExceeded, expected: "at most \(sectionCount) sections", found: "\(count)")
    }
  }

  func checkStructuredSize(_ size: Int) throws(ModelFormatError) {
    guard size <= structuredSectionSize else {
      throw ModelFormatError(
        .limitExceeded, expected: "at most \(structuredSectionSize) bytes of structured data", found: "\(size)")
    }
  }
}
