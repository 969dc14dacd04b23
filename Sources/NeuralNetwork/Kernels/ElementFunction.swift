/// A function that a layer applies to each value by itself, and its derivative, both from the input.
protocol ElementFunction: VectorFunction {
  /// f′(x).
  func derivative(_ x: SIMD8<Float>) -> SIMD8<Float>
  /// f′(x).
  func derivative(_ x: Double) -> Double

  /// inputGradient ← g · f′(input), element by element.
  func mapBackward(
    _ input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>, count: Int,
    inputGradient: UnsafeMutablePointer<Float>)
  /// inputGradient ← g · f′(input), element by element.
  func mapBackward(
    _ input: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>, count: Int,
    inputGradient: UnsafeMutablePointer<Double>)
}

extension ElementFunction {
  func mapBackward(
    _ input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>, count: Int,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    let whole = count & ~7
    for place in stride(from: 0, to: whole, by: 8) {
      let gradient = unsafe SIMD8(loading: outputGradient + place)
      unsafe (gradient * derivative(SIMD8(loading: input + place))).store(to: inputGradient + place)
    }
    if whole < count {
      let rest = count - whole
      let gradient = unsafe SIMD8(loading: outputGradient + whole, count: rest)
      unsafe (gradient * derivative(SIMD8(loading: input + whole, count: rest)))
        .store(to: inputGradient + whole, count: rest)
    }
  }

  func mapBackward(
    _ input: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>, count: Int,
    inputGradient: UnsafeMutablePointer<Double>
  ) {
    for index in 0..<count { unsafe inputGradient[index] = unsafe outputGradient[index] * derivative(input[index]) }
  }
}
