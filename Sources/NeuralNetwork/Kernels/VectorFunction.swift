/// A function that is applied to each value by itself.
///
/// Each function has both number types in one place: `Float` in vectors of eight, `Double` one by one with the functions of
/// the system. The loops below are compiled again for each function, and called once for a whole mini-batch. They need the
/// vector functions inlined: otherwise every vector costs a call.
protocol VectorFunction: Sendable {
  /// f(x).
  func value(_ x: SIMD8<Float>) -> SIMD8<Float>
  /// f(x).
  func value(_ x: Double) -> Double

  /// output ← f(input), element by element. `output` may be `input`.
  func map(_ input: UnsafePointer<Float>, count: Int, output: UnsafeMutablePointer<Float>)
  /// output ← f(input), element by element. `output` may be `input`.
  func map(_ input: UnsafePointer<Double>, count: Int, output: UnsafeMutablePointer<Double>)
}

extension VectorFunction {
  func map(_ input: UnsafePointer<Float>, count: Int, output: UnsafeMutablePointer<Float>) {
    let whole = count & ~7
    for place in stride(from: 0, to: whole, by: 8) {
      unsafe value(SIMD8(loading: input + place)).store(to: output + place)
    }
    if whole < count {
      let rest = count - whole
      unsafe value(SIMD8(loading: input + whole, count: rest)).store(to: output + whole, count: rest)
    }
  }

  func map(_ input: UnsafePointer<Double>, count: Int, output: UnsafeMutablePointer<Double>) {
    for index in 0..<count { unsafe output[index] = unsafe value(input[index]) }
  }
}

/// Eight numbers in memory, at any address.
extension SIMD8<Float> {
  @inline(__always)
  init(loading source: UnsafePointer<Float>) {
    self = unsafe UnsafeRawPointer(source).loadUnaligned(as: Self.self)
  }

  /// The last few numbers, with zeros after them.
  init(loading source: UnsafePointer<Float>, count: Int) {
    self.init(repeating: 0)
    for index in 0..<count { self[index] = unsafe source[index] }
  }

  @inline(__always)
  func store(to target: UnsafeMutablePointer<Float>) {
    unsafe UnsafeMutableRawPointer(target).storeBytes(of: self, as: Self.self)
  }

  /// Only the first numbers.
  func store(to target: UnsafeMutablePointer<Float>, count: Int) {
    for index in 0..<count { unsafe target[index] = self[index] }
  }
}
