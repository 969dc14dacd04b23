import LayerKinds

/// What the matrix products can take: their counts are 32-bit numbers.
enum SizeLimits {
  /// The greatest number of elements of one shape, and of parameters of one network.
  static let elements = IntegerRange.limit

  /// Checks that a shape has dimensions, none below 1, and no more elements than `elements`.
  static func check(shape: [Int], at place: String) throws(NetworkError) {
    guard !shape.isEmpty, shape.allSatisfy({ $0 >= 1 }) else {
      throw NetworkError(
        .invalidShape, at: place, expected: "one or more dimensions of at least 1", found: "\(shape)")
    }
    var count = 1
    for dimension in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow, product <= elements else {
        throw NetworkError(
          .tooLarge, at: place, expected: "at most \(elements) elements", found: "the shape \(shape)")
      }
      count = product
    }
  }

  /// a · b, or `Int.max` if that is more.
  static func saturatedProduct(_ a: Int, _ b: Int) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : product
  }
}
