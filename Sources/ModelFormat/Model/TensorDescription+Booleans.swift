extension TensorDescription {
  /// Refuses booleans that are neither 0 nor 1. Elements of all other types may have any bits.
  ///
  /// Another byte would be true to one program and false, or neither, to the next. O(n) for booleans, O(1) otherwise.
  ///
  /// - Parameters:
  ///   - bytes: values of this tensor.
  ///   - offset: where they are among all values.
  /// - Throws: `invalidTensor` with the first such element.
  package func checkBooleans(_ bytes: UnsafeRawBufferPointer, from offset: Int = 0) throws(ModelFormatError) {
    guard dataType == .boolean, let index = unsafe bytes.firstIndex(where: { $0 > 1 }) else { return }
    throw ModelFormatError(
      .invalidTensor, tensor: name, expected: "0 or 1 for every boolean",
      found: unsafe "\(bytes[index]) for element \(offset + index)")
  }
}
