/// A function that a layer applies to each value by itself, and its derivative, both from the input.
///
/// Each function has both number types in one place: `Float` in vectors of eight, `Double` one by one with the functions of
/// the system. The loops below are compiled again for each function; a layer calls one of them for a whole mini-batch. They
/// need the vector functions inlined: otherwise every vector costs a call.
protocol ElementFunction: Sendable {
  /// f(x).
  func value(_ x: SIMD8<Float>) -> SIMD8<Float>
  /// f′(x).
  func derivative(_ x: SIMD8<Float>) -> SIMD8<Float>
  /// f(x).
  func value(_ x: Double) -> Double
  /// f′(x).
  func derivative(_ x: Double) -> Double

  func map(_ input: UnsafePointer<Float>, count: Int, output: UnsafeMutablePointer<Float>)
  func map(_ input: UnsafePointer<Double>, count: Int, output: UnsafeMutablePointer<Double>)
  func mapBackward(
    _ input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>, count: Int,
    inputGradient: UnsafeMutablePointer<Float>)
  func mapBackward(
    _ input: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>, count: Int,
    inputGradient: UnsafeMutablePointer<Double>)
}

extension ElementFunction {
  func map(_ input: UnsafePointer<Float>, count: Int, output: UnsafeMutablePointer<Float>) {
    let whole = count & ~7
    for place in stride(from: 0, to: whole, by: 8) { unsafe store(value(load(input + place)), output + place) }
    if whole < count { unsafe store(value(load(input + whole, count - whole)), output + whole, count - whole) }
  }

  func map(_ input: UnsafePointer<Double>, count: Int, output: UnsafeMutablePointer<Double>) {
    for index in 0..<count { unsafe output[index] = unsafe value(input[index]) }
  }

  func mapBackward(
    _ input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>, count: Int,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    let whole = count & ~7
    for place in stride(from: 0, to: whole, by: 8) {
      unsafe store(load(outputGradient + place) * derivative(load(input + place)), inputGradient + place)
    }
    if whole < count {
      let rest = count - whole
      unsafe store(
        load(outputGradient + whole, rest) * derivative(load(input + whole, rest)), inputGradient + whole, rest)
    }
  }

  func mapBackward(
    _ input: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>, count: Int,
    inputGradient: UnsafeMutablePointer<Double>
  ) {
    for index in 0..<count { unsafe inputGradient[index] = unsafe outputGradient[index] * derivative(input[index]) }
  }
}

@inline(__always)
private func load(_ source: UnsafePointer<Float>) -> SIMD8<Float> {
  unsafe UnsafeRawPointer(source).loadUnaligned(as: SIMD8<Float>.self)
}

@inline(__always)
private func store(_ vector: SIMD8<Float>, _ target: UnsafeMutablePointer<Float>) {
  unsafe UnsafeMutableRawPointer(target).storeBytes(of: vector, as: SIMD8<Float>.self)
}

/// The last few numbers, with zeros after them.
private func load(_ source: UnsafePointer<Float>, _ count: Int) -> SIMD8<Float> {
  var vector = SIMD8<Float>(repeating: 0)
  for index in 0..<count { vector[index] = unsafe source[index] }
  return vector
}

private func store(_ vector: SIMD8<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int) {
  for index in 0..<count { unsafe target[index] = vector[index] }
}

/// The loops of functions, whatever the number type.
protocol FunctionKernels<Scalar>: Sendable {
  associatedtype Scalar: NetworkScalar

  /// output ← f(input), element by element.
  func map(
    _ function: any ElementFunction, _ input: UnsafePointer<Scalar>, count: Int,
    output: UnsafeMutablePointer<Scalar>)

  /// inputGradient ← g · f′(input), element by element.
  func mapBackward(
    _ function: any ElementFunction, _ input: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>, count: Int,
    inputGradient: UnsafeMutablePointer<Scalar>)
}

extension FloatKernels {
  func map(
    _ function: any ElementFunction, _ input: UnsafePointer<Float>, count: Int, output: UnsafeMutablePointer<Float>
  ) {
    unsafe function.map(input, count: count, output: output)
  }

  func mapBackward(
    _ function: any ElementFunction, _ input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>, count: Int,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    unsafe function.mapBackward(input, outputGradient: outputGradient, count: count, inputGradient: inputGradient)
  }
}

extension DoubleKernels {
  func map(
    _ function: any ElementFunction, _ input: UnsafePointer<Double>, count: Int, output: UnsafeMutablePointer<Double>
  ) {
    unsafe function.map(input, count: count, output: output)
  }

  func mapBackward(
    _ function: any ElementFunction, _ input: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>, count: Int,
    inputGradient: UnsafeMutablePointer<Double>
  ) {
    unsafe function.mapBackward(input, outputGradient: outputGradient, count: count, inputGradient: inputGradient)
  }
}
