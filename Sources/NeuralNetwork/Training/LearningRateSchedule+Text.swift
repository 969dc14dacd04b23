extension LearningRateSchedule.Shape: CustomStringConvertible {
  /// "constant", "step(10,0.5)", "exponential(0.95)" or "cosine(0.001)", which `init(text:)` reads.
  public var description: String {
    switch self {
    case .constant: "constant"
    case .step(let every, let factor): "step(\(every),\(factor))"
    case .exponential(let factor): "exponential(\(factor))"
    case .cosine(let minimum): "cosine(\(minimum))"
    }
  }

  /// Reads what `description` gives; "cosine" alone goes down to 0. White space between the parts does not matter.
  ///
  /// Returns nil for any other text. Whether the numbers make sense is for `LearningRateSchedule.init` to judge.
  public init?(text: String) {
    let pieces = text.filter { !$0.isWhitespace }.split(separator: "(", omittingEmptySubsequences: false)
    var arguments: [Substring] = []
    if pieces.count == 2 {
      guard pieces[1].hasSuffix(")") else { return nil }
      arguments = pieces[1].dropLast().split(separator: ",", omittingEmptySubsequences: false)
    }
    guard pieces.count <= 2, let name = pieces.first else { return nil }
    let numbers = arguments.compactMap { Double($0) }
    guard numbers.count == arguments.count else { return nil }
    switch (name, numbers.count) {
    case ("constant", 0) where pieces.count == 1: self = .constant
    case ("cosine", 0) where pieces.count == 1: self = .cosine(minimum: 0)
    case ("cosine", 1): self = .cosine(minimum: numbers[0])
    case ("exponential", 1): self = .exponential(factor: numbers[0])
    case ("step", 2):
      guard let every = Int(arguments[0]) else { return nil }
      self = .step(every: every, factor: numbers[1])
    default: return nil
    }
  }
}
