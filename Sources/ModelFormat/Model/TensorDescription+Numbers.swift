extension TensorDescription {
  /// Refuses a tensor whose encoding has no numbers, for callers that need them.
  ///
  /// - Parameter advice: what to do where the format of the file allows more than to leave the tensor out.
  /// - Throws: `unsupported`, with the name of the encoding.
  package func checkNumbers(advice: String? = nil) throws(ModelFormatError) {
    guard !hasNumbers else { return }
    throw ModelFormatError(
      .unsupported, tensor: name, expected: "elements that can be turned into numbers", found: typeName,
      advice: advice ?? "leave the tensor out, or store it with another type of elements")
  }
}
