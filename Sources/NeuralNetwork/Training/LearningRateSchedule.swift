#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How the learning rate changes while training goes on: a shape, and a warm-up in front.
///
/// The rate of a mini-batch depends on its place alone, not on anything that happened before.
public struct LearningRateSchedule: Sendable, Equatable {
  /// What the rate follows after the warm-up; η is the configured learning rate.
  public enum Shape: Sendable, Equatable {
    /// η all the time.
    case constant
    /// η · factor^⌊e / every⌋ in epoch e, counted from 0, as PyTorch's `StepLR` when it is stepped once per epoch.
    case step(every: Int, factor: Double)
    /// η · factorᵉ in epoch e, counted from 0, as PyTorch's `ExponentialLR` when it is stepped once per epoch.
    case exponential(factor: Double)
    /// η_min + (η − η_min) · (1 + cos(π t / T)) / 2 in mini-batch t of T, counted from 0 after the warm-up (Loshchilov
    /// and Hutter, 2017), as PyTorch's `CosineAnnealingLR` when it is stepped once per mini-batch.
    case cosine(minimum: Double)
  }

  /// What the rate follows after the warm-up.
  public let shape: Shape
  /// In mini-batch t of the first `warmUp` ones, counted from 0, the rate is multiplied by (t + 1) / `warmUp`.
  public let warmUp: Int

  /// η all the time.
  public static let constant = LearningRateSchedule(unchecked: .constant)

  private init(unchecked shape: Shape) {
    self.shape = shape
    warmUp = 0
  }

  /// Creates a schedule after a check of its numbers.
  ///
  /// - Parameters:
  ///   - shape: What the rate follows after the warm-up; epochs of a step at least 1, factors finite and above 0, a
  ///     minimum finite and at least 0.
  ///   - warmUp: The mini-batches of a linear warm-up; 0 for none.
  /// - Throws: `NetworkError` with the code `valueOutOfRange`.
  public init(_ shape: Shape, warmUp: Int = 0) throws(NetworkError) {
    func check(_ isRight: Bool, _ expected: String, _ found: String) throws(NetworkError) {
      guard isRight else {
        throw NetworkError(.valueOutOfRange, at: "learning rate schedule", expected: expected, found: found)
      }
    }
    switch shape {
    case .constant: break
    case .step(let every, let factor):
      try check(every >= 1, "a step every 1 or more epochs", "\(every)")
      try check(factor > 0 && factor.isFinite, "a finite factor above 0", "\(factor)")
    case .exponential(let factor):
      try check(factor > 0 && factor.isFinite, "a finite factor above 0", "\(factor)")
    case .cosine(let minimum):
      try check(minimum >= 0 && minimum.isFinite, "a finite minimum of at least 0", "\(minimum)")
    }
    try check(
      warmUp >= 0 && warmUp <= SizeLimits.elements, "a warm-up of 0...\(SizeLimits.elements) mini-batches",
      "\(warmUp)")
    self.shape = shape
    self.warmUp = warmUp
  }

  /// The learning rate of one mini-batch.
  ///
  /// - Parameters:
  ///   - base: η.
  ///   - iteration: The mini-batches before this one.
  ///   - epoch: The whole epochs before this one.
  ///   - totalIterations: The mini-batches of the whole training.
  public func rate(base: Double, iteration: Int, epoch: Int, totalIterations: Int) -> Double {
    let rate =
      switch shape {
      case .constant: base
      case .step(let every, let factor): base * pow(factor, Double(epoch / every))
      case .exponential(let factor): base * pow(factor, Double(epoch))
      case .cosine(let minimum):
        minimum + (base - minimum) * (1 + cos(.pi * progress(iteration, of: totalIterations))) / 2
      }
    return iteration < warmUp ? rate * Double(iteration + 1) / Double(warmUp) : rate
  }

  /// How much of the time after the warm-up is over, from 0 to 1.
  private func progress(_ iteration: Int, of total: Int) -> Double {
    min(1, Double(max(0, iteration - warmUp)) / Double(max(1, total - warmUp)))
  }
}
