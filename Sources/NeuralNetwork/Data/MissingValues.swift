/// What becomes of input values that are missing: NaN stands for them.
public enum MissingValues: String, Sendable, CaseIterable {
  /// They are an error.
  case refuse
  /// 0 takes their place, after any scaling: after standardisation that is the mean.
  case zero
  /// Each sample with one is left out, together with its target.
  case drop
}

extension DatasetInputs {
  /// The samples in which a value is missing, in order. Bytes have none. Time: O(count · width).
  public var samplesWithMissingValues: [Int] {
    guard case .values(let values) = storage else { return [] }
    return (0..<count).filter { sample in values[sample * width..<(sample + 1) * width].contains(where: \.isNaN) }
  }

  /// The same inputs with 0 in the place of each missing value. Time and memory: O(count · width).
  public func replacingMissingValuesWithZero() -> DatasetInputs {
    guard case .values(let values) = storage, values.contains(where: \.isNaN) else { return self }
    return DatasetInputs(
      storage: .values(values.map { $0.isNaN ? 0 : $0 }), count: count, width: width)
  }

  /// Checks that there is neither NaN nor infinity.
  ///
  /// - Throws: `NetworkError` with the code `valueOutOfRange` and the place of the first one.
  public func requireFinite() throws(NetworkError) {
    guard case .values(let values) = storage, let index = values.firstIndex(where: { !$0.isFinite }) else { return }
    throw NetworkError(
      .valueOutOfRange, at: "value \(index % width) of sample \(index / width)", expected: "a finite number",
      found: "\(values[index])")
  }
}

extension Dataset {
  /// The data set as training may use it: without missing values.
  ///
  /// - Throws: `NetworkError` with the code `valueOutOfRange` for an infinite input, and for a missing one unless
  ///   `missing` says what to do about it; `countMismatch` if no sample is left.
  public func preparing(_ missing: MissingValues) throws(NetworkError) -> Dataset {
    var result = self
    switch missing {
    case .refuse: break
    case .zero: result = try Dataset(inputs: inputs.replacingMissingValuesWithZero(), targets: targets)
    case .drop:
      let dropped = Set(inputs.samplesWithMissingValues)
      guard dropped.isEmpty || dropped.count < count else {
        throw NetworkError(
          .countMismatch, at: "data set", expected: "at least 1 sample without missing values",
          found: "\(count) samples, each with a missing value")
      }
      if !dropped.isEmpty { result = try subset((0..<count).filter { !dropped.contains($0) }) }
    }
    try result.inputs.requireFinite()
    return result
  }
}
