/// Sums and products element by element, and the loops of dropout and of leaky rectifiers.
protocol ElementwiseKernels<Scalar>: Sendable {
  associatedtype Scalar: NetworkScalar

  /// output ← first + second. `output` may be `first`.
  func add(
    _ first: UnsafePointer<Scalar>, _ second: UnsafePointer<Scalar>, count: Int,
    output: UnsafeMutablePointer<Scalar>)

  /// factors[i] ← 0 with probability `rate`, otherwise 1 / (1 − rate); which of them follows from `key` and i.
  func dropoutFactors(key: UInt64, rate: Double, count: Int, factors: UnsafeMutablePointer<Scalar>)

  /// output ← first · second, element by element. `output` may be `first`.
  func multiplyElements(
    _ first: UnsafePointer<Scalar>, _ second: UnsafePointer<Scalar>, count: Int,
    output: UnsafeMutablePointer<Scalar>)

  /// output ← x for x > 0, otherwise slope · x. `output` may be `input`.
  func leakyRectify(
    _ input: UnsafePointer<Scalar>, slope: Scalar, count: Int, output: UnsafeMutablePointer<Scalar>)

  /// inputGradient ← g where the output is above 0, otherwise slope · g. `inputGradient` may be `outputGradient`.
  func leakyRectifyBackward(
    output: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>, slope: Scalar, count: Int,
    inputGradient: UnsafeMutablePointer<Scalar>)
}

extension ElementwiseKernels {
  /// Inlined into the other loops that add: their rows may be short.
  @inline(__always)
  func add(
    _ first: UnsafePointer<Scalar>, _ second: UnsafePointer<Scalar>, count: Int,
    output: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<count { unsafe output[index] = unsafe first[index] + second[index] }
  }

  func dropoutFactors(key: UInt64, rate: Double, count: Int, factors: UnsafeMutablePointer<Scalar>) {
    // 32 random bits for each value, two values for each word; the probability is exact to 2⁻³².
    let threshold = UInt32(rate * 0x1p32)
    let kept = 1 / (1 - Scalar(rate))
    var generator = SplitMix64(state: key)
    for index in stride(from: 0, to: count & ~1, by: 2) {
      let word = generator.next()
      unsafe factors[index] = UInt32(truncatingIfNeeded: word) < threshold ? 0 : kept
      unsafe factors[index + 1] = UInt32(truncatingIfNeeded: word &>> 32) < threshold ? 0 : kept
    }
    if !count.isMultiple(of: 2) {
      unsafe factors[count - 1] = UInt32(truncatingIfNeeded: generator.next()) < threshold ? 0 : kept
    }
  }

  func multiplyElements(
    _ first: UnsafePointer<Scalar>, _ second: UnsafePointer<Scalar>, count: Int,
    output: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<count { unsafe output[index] = unsafe first[index] * second[index] }
  }

  func leakyRectify(
    _ input: UnsafePointer<Scalar>, slope: Scalar, count: Int, output: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<count {
      let value = unsafe input[index]
      unsafe output[index] = value > 0 ? value : slope * value
    }
  }

  func leakyRectifyBackward(
    output: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>, slope: Scalar, count: Int,
    inputGradient: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<count {
      let gradient = unsafe outputGradient[index]
      unsafe inputGradient[index] = unsafe output[index] > 0 ? gradient : slope * gradient
    }
  }
}
