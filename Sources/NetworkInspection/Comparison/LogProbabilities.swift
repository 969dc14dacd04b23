#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The logarithms of the probabilities that a network gives, found in double precision from what goes into its last layer:
/// no probability is rounded to 0.
struct LogProbabilities {
  /// One for each event: a class; or, where classes stand by themselves, not the class and the class, one after another.
  private(set) var values: [Double] = []

  /// Takes the values of another sample. O(inputs).
  ///
  /// - Parameter logits: What goes into softmax or sigmoid.
  mutating func set(_ logits: UnsafeBufferPointer<Float>, _ form: OutputForm) {
    values.removeAll(keepingCapacity: true)
    switch form {
    case .distribution:
      let greatest = unsafe Double(logits.max() ?? 0)
      var sum = 0.0
      for index in logits.indices { sum += exp(unsafe Double(logits[index]) - greatest) }
      let shift = greatest + log(sum)
      for index in logits.indices { values.append(unsafe Double(logits[index]) - shift) }
    case .oneProbability, .probabilities:
      for index in logits.indices {
        let logit = unsafe Double(logits[index])
        values.append(-LogProbabilities.softplus(logit))
        values.append(-LogProbabilities.softplus(-logit))
      }
    case .numbers: break
    }
  }

  /// KL(p‖q) = Σ p ln(p/q) over all events, in nats, with these probabilities as p; never below 0. A p that is 0 in double
  /// precision adds nothing. NaN where a logit is not finite. O(events).
  func divergence(to other: LogProbabilities) -> Double {
    var sum = 0.0
    for (p, q) in zip(values, other.values) {
      let probability = exp(p)
      if probability != 0 { sum += probability * (p - q) }
    }
    return sum < 0 ? 0 : sum
  }

  private static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-x.magnitude)) }
}
