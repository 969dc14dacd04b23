public import NeuralNetwork

extension Dataset {
  /// At most `limit` of the samples, evenly spaced: for n of them the samples ⌊i · count / n⌋.
  ///
  /// - Throws: `NetworkError` with the code `indexOutOfRange` for a limit below 0.
  public func evenlySpaced(limit: Int) throws(NetworkError) -> Dataset {
    guard limit >= 0 else {
      throw NetworkError(
        .indexOutOfRange, at: "limit of samples", expected: "a number of at least 0", found: "\(limit)")
    }
    guard count > limit else { return self }
    return try subset((0..<limit).map { Int((Double($0) * Double(count) / Double(limit)).rounded(.down)) })
  }
}
