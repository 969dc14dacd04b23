extension TensorDescription {
  /// Refuses a tensor whose encoding has no numbers, for callers that need them.
  ///
  /// - Throws: `unsupported`, with the name of the encoding.
  package func checkNumbers() throws(ModelFormatError) {
    guard !hasNumbers else { return }
    throw ModelFormatError(
      .unsupported, tensor: name, expected: "elements that can be turned into numbers", found: typeName,
      advice: "convert the model to .safetensors, which keeps the bytes of such tensors, or leave the tensor out")
  }
}
