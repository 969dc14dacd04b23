extension Initializer: CustomStringConvertible {
  /// "xavier", "he" or "normal:0.01", which `init(text:)` reads.
  public var description: String {
    switch self {
    case .xavier: "xavier"
    case .he: "he"
    case .normal(let deviation): "normal:\(deviation)"
    }
  }

  /// Reads what `description` gives; nil for any other text. Whether the standard deviation makes sense is judged where
  /// weights are drawn.
  public init?(text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("xavier", 1): self = .xavier
    case ("he", 1): self = .he
    case ("normal", 2):
      guard let deviation = Double(parts[1]) else { return nil }
      self = .normal(standardDeviation: deviation)
    default: return nil
    }
  }
}
