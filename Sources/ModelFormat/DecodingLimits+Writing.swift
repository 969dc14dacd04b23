import BinaryIO

extension DecodingLimits {
  /// Refuses a structured value that a reader with these limits would refuse. O(number of values).
  func check(_ value: StructuredValue) throws(ModelFormatError) {
    var count = 1
    try check(value, depth: 0, &count)
  }

  private func check(_ value: StructuredValue, depth: Int, _ count: inout Int) throws(ModelFormatError) {
    try checkNesting(depth)
    switch value {
    case .boolean, .integer, .number, .string, .bytes: break
    case .array(let elements):
      count += elements.count
      for element in elements { try check(element, depth: depth + 1, &count) }
    case .object(let fields):
      count += fields.count
      for field in fields { try check(field.value, depth: depth + 1, &count) }
    }
    try checkValueCount(count)
  }

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
