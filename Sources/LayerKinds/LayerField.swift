/// The value of a layer's setting.
package enum LayerValue: Sendable, Hashable {
  case integer(Int)
  case number(Double)
}

/// A setting that the layers of a kind have.
package struct LayerField: Sendable {
  /// Which values it takes.
  package enum Values: Sendable {
    case integers(IntegerRange)
    case numbers(NumberRange)
  }

  /// The value where a network's text gives none. Files give all.
  package enum Default: Sendable, Equatable {
    /// There is none; it has to be given.
    case none
    case value(LayerValue)
    /// The value of the field before.
    case fieldBefore
  }

  /// Its name in files and in a network's text.
  package let name: String
  /// What errors call it.
  package let words: String
  /// Which values it takes.
  package let values: Values
  /// The value where none is given.
  package let absent: Default

  static func integer(
    _ name: String, _ words: String? = nil, in range: IntegerRange, else absent: Int? = nil,
    elseFieldBefore: Bool = false
  ) -> LayerField {
    LayerField(
      name: name, words: words ?? name, values: .integers(range),
      absent: absent.map { .value(.integer($0)) } ?? (elseFieldBefore ? .fieldBefore : .none))
  }

  static func number(_ name: String, in range: NumberRange, else absent: Double? = nil) -> LayerField {
    LayerField(
      name: name, words: name, values: .numbers(range), absent: absent.map { .value(.number($0)) } ?? .none)
  }

  /// Whether the values are integers.
  package var isInteger: Bool {
    switch values {
    case .integers: true
    case .numbers: false
    }
  }
}

/// The integers that a setting takes.
package enum IntegerRange: Sendable {
  /// The most elements that one shape has, and the greatest integer of a setting.
  package static let limit = Int(Int32.max)

  /// A dimension of a tensor: at least 1, and checked with the tensor.
  case dimension
  /// From 1.
  case positive
  /// From 0 to below the value of another field.
  case below(String)

  /// Checks a value.
  ///
  /// - Parameter integer: The value of another field.
  func check(
    _ value: Int, _ words: String, _ integer: (String) -> Int?
  ) throws(LayerMisfit) {
    let range: ClosedRange<Int>
    switch self {
    case .dimension: return
    case .positive: range = 1...IntegerRange.limit
    case .below(let field): range = 0...max((integer(field) ?? 1) - 1, 0)
    }
    guard range.contains(value) else {
      throw LayerMisfit(
        reason: .value, expected: "a \(words) in \(range.lowerBound)...\(range.upperBound)", found: "\(value)")
    }
  }
}

/// The numbers that a setting takes; all are finite.
package enum NumberRange: Sendable {
  /// From the first to the last.
  case closed(Double, Double)
  /// From the first to below the end.
  case halfOpen(Double, Double)
  /// Above a bound.
  case above(Double)
  /// A least number, or above.
  case atLeast(Double)

  /// Whether a number is in the range; NaN is not. O(1).
  package func contains(_ value: Double) -> Bool {
    switch self {
    case .closed(let first, let last): value >= first && value <= last
    case .halfOpen(let first, let end): value >= first && value < end
    case .above(let bound): value > bound && value.isFinite
    case .atLeast(let least): value >= least && value.isFinite
    }
  }

  /// What errors and documentation say, as in "a finite slope of at least 0".
  package func words(_ name: String) -> String {
    switch self {
    case .closed(let first, let last): "a \(name) from \(first.short) to \(last.short)"
    case .halfOpen(let first, let end): "a \(name) of at least \(first.short) and below \(end.short)"
    case .above(let bound): "a finite \(name) above \(bound.short)"
    case .atLeast(let least): "a finite \(name) of at least \(least.short)"
    }
  }
}

extension Double {
  /// The shortest text that reads back as the same number; whole numbers without a decimal point.
  package var short: String {
    if let whole = Int(exactly: self), abs(whole) < 1 << 53 { "\(whole)" } else { "\(self)" }
  }
}
