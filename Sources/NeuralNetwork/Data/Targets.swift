/// What a network should give for each sample.
public enum Targets<Scalar: NetworkScalar>: Sendable, Equatable {
  /// The number of the class of each sample, in `0..<classes`.
  case labels([Int], classes: Int)
  /// The wanted outputs, one row for each sample: numbers of a regression, or one-hot vectors.
  case values(Matrix<Scalar>)

  /// The number of samples.
  public var count: Int {
    switch self {
    case .labels(let labels, _): labels.count
    case .values(let matrix): matrix.rows
    }
  }

  /// The number of outputs that a network for these targets has.
  public var width: Int {
    switch self {
    case .labels(_, let classes): classes
    case .values(let matrix): matrix.columns
    }
  }

  /// Checks that there is a class at least, that no label lies outside the classes, and that all values are finite.
  func validate() throws(NetworkError) {
    guard width >= 1 else {
      throw NetworkError(
        .invalidShape, at: "targets", expected: "at least 1 class or column", found: "\(width)")
    }
    guard width <= SizeLimits.elements else {
      throw NetworkError(
        .tooLarge, at: "targets", expected: "at most \(SizeLimits.elements) classes", found: "\(width)")
    }
    switch self {
    case .labels(let labels, let classes):
      for (index, label) in labels.enumerated() where label < 0 || label >= classes {
        throw NetworkError(
          .labelOutOfRange, at: "label of sample \(index)", expected: "a class in 0..<\(classes)",
          found: "\(label)")
      }
    case .values(let matrix):
      guard let index = matrix.elements.firstIndex(where: { !$0.isFinite }) else { return }
      throw NetworkError(
        .valueOutOfRange, at: "target \(index % width) of sample \(index / width)", expected: "a finite number",
        found: "\(matrix.elements[index])")
    }
  }

  func subset(_ indices: [Int]) -> Targets {
    switch self {
    case .labels(let labels, let classes): .labels(indices.map { labels[$0] }, classes: classes)
    case .values(let matrix):
      .values(
        Matrix(
          uncheckedRows: indices.count, columns: matrix.columns, elements: indices.flatMap { matrix.row($0) })
      )
    }
  }
}
