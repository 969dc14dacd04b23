extension Network {
  /// The tensors of parameters that a network of these layers would have, in order, without building it.
  ///
  /// - Throws: `NetworkError` with the code `invalidShape` or `tooLarge`.
  public static func parameterEntries(
    inputShape: [Int], layers: [LayerSpecification]
  ) throws(NetworkError) -> [ParameterEntry] {
    try LayerStack<Scalar>(inputShape: inputShape, specifications: layers).entries
  }

  /// The tensors of running statistics that a network of these layers would have, in order, without building it.
  ///
  /// - Throws: `NetworkError` with the code `invalidShape` or `tooLarge`.
  public static func runningStatisticsEntries(
    inputShape: [Int], layers: [LayerSpecification]
  ) throws(NetworkError) -> [ParameterEntry] {
    try LayerStack<Scalar>(inputShape: inputShape, specifications: layers).statisticsEntries
  }
}
