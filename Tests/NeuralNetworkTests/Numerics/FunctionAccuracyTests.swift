import NeuralNetwork
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The vectorised functions for `Float` against the system's functions for `Double`.
struct FunctionAccuracyTests {
  @Test func sigmoidIsWithin3UnitsInTheLastPlace() {
    let error = largestError(from: -80, through: 80, step: 0.0173) { x in
      (ActivationFunction.sigmoid.value(at: x), 1 / (1 + exp(-Double(x))))
    }
    #expect(error <= 3)
  }

  @Test func tanhIsWithin3UnitsInTheLastPlaceNear0Too() {
    let wide = largestError(from: -12, through: 12, step: 0.000_37) { x in
      (ActivationFunction.tanh.value(at: x), tanh(Double(x)))
    }
    #expect(wide <= 3)
    let small: [Float] = [1e-30, -1e-10, 1e-4, -3e-3]
    for x in small {
      #expect(abs(ActivationFunction.tanh.value(at: x) - Float(tanh(Double(x)))) <= abs(x) * 1e-7)
    }
  }

  /// Against x Φ(x) with the system's erfc, relative to the greater of |x Φ(x)| and 10⁻³⁰.
  @Test func geluAndItsDerivativeKeepSevenDigitsInTheTailToo() throws {
    let network = try Network<Float>(inputShape: [1], layers: [.gelu], parameters: [:])
    let xs = stride(from: Float(-11), through: 11, by: 0.0037).map { $0 }
    let outputs = try network.predict(Matrix(xs.map { [$0] }))
    // A target of y − 1 makes ∂L/∂y 1, up to rounding.
    for (row, x) in xs.enumerated() {
      let exact = Double(x) * 0.5 * erfc(-Double(x) / 2.0.squareRoot())
      // The rounding of x² counts |x|² times in e^(−x²/2).
      let tolerance = 1e-6 + 1e-7 * Double(x * x)
      #expect(abs(Double(outputs[row, 0]) - exact) <= tolerance * max(abs(exact), 1e-30), "\(x)")
      let gradient = try network.lossAndGradients(
        inputs: Matrix([[x]]), targets: .values(Matrix([[outputs[row, 0] - 1]])), loss: .squaredError)
      let density = exp(-0.5 * Double(x) * Double(x)) / (2 * Double.pi).squareRoot()
      let slope = 0.5 * erfc(-Double(x) / 2.0.squareRoot()) + Double(x) * density
      #expect(abs(Double(gradient.inputs.elements[0]) - slope) <= 3e-6, "\(x)")
    }
    #expect(try network.predict(Matrix([[-40], [40], [.nan]])).elements.map { $0 == $0 ? $0 : -1 } == [0, 40, -1])
  }

  /// The values and slopes of a layer with `Float`, which acts on each number by itself.
  private func valuesAndSlopes(_ layer: LayerSpecification, at xs: [Float]) throws -> [(value: Double, slope: Double)] {
    let network = try Network<Float>(inputShape: [1], layers: [layer], parameters: [:])
    let inputs = try Matrix(xs.map { [$0] })
    let outputs = try network.predict(inputs)
    // A target of y − 1 makes ∂L/∂y 1 / N, up to rounding; a power of two for N keeps its digits.
    let targets = try Matrix(outputs.elements.map { [$0 - 1] })
    let gradients = try network.lossAndGradients(inputs: inputs, targets: .values(targets), loss: .squaredError)
    return zip(outputs.elements, gradients.inputs.elements).map { (Double($0), Double($1) * Double(xs.count)) }
  }

  private func check(
    _ layer: LayerSpecification, from first: Float, through last: Float, value: (Double) -> Double,
    slope: (Double) -> Double
  ) throws {
    let xs = (0..<8192).map { first + (last - first) * Float($0) / 8191 }
    for (x, result) in zip(xs, try valuesAndSlopes(layer, at: xs)) {
      let (exact, exactSlope) = (value(Double(x)), slope(Double(x)))
      #expect(abs(result.value - exact) <= 5e-7 * abs(exact), "\(x)")
      // y − (y − 1) is 1 only as far as the digits of y reach.
      #expect(abs(result.slope - exactSlope) <= 5e-7 + 1.2e-7 * abs(exact), "\(x)")
    }
  }

  @Test func siLUKeepsItsDigitsInTheTailToo() throws {
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    try check(.silu, from: -80, through: 80, value: { $0 * sigmoid($0) }) { sigmoid($0) * (1 + $0 * sigmoid(-$0)) }
    try check(.silu, from: -3, through: 3, value: { $0 * sigmoid($0) }) { sigmoid($0) * (1 + $0 * sigmoid(-$0)) }
    let network = try Network<Float>(inputShape: [1], layers: [.silu], parameters: [:])
    let outputs = try network.predict(Matrix([[-500], [0], [500], [.infinity], [.nan]])).elements
    #expect(outputs.dropLast() == [0, 0, 500, .infinity] && outputs[4].isNaN)
  }

  @Test func eluKeepsItsDigitsNear0Too() throws {
    for (first, last) in [(Float(-90), Float(10)), (-2, 2), (-1e-3, 1e-3), (-1e-6, 0)] {
      try check(.elu(alpha: 1.5), from: first, through: last, value: { $0 > 0 ? $0 : 1.5 * expm1($0) }) {
        $0 > 0 ? 1 : 1.5 * exp($0)
      }
    }
    let network = try Network<Float>(inputShape: [1], layers: [.elu(alpha: 2)], parameters: [:])
    let outputs = try network.predict(Matrix([[-.infinity], [-500], [0], [500], [.infinity], [.nan]])).elements
    #expect(outputs.dropLast() == [-2, -2, 0, 500, .infinity] && outputs[5].isNaN)
  }

  @Test func softplusKeepsItsDigitsHoweverLargeItsInput() throws {
    func exact(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
    for (first, last) in [(Float(-80), Float(80)), (-4, 4), (-1e-3, 1e-3)] {
      try check(.softplus, from: first, through: last, value: exact) { 1 / (1 + exp(-$0)) }
    }
    let xs: [Double] = [-.infinity, -1000, 0, 1000, .infinity, .nan]
    let single = try Network<Float>(inputShape: [1], layers: [.softplus], parameters: [:])
    let double = try Network<Double>(inputShape: [1], layers: [.softplus], parameters: [:])
    let (small, large) = try (single.predict(Matrix(xs.map { [Float($0)] })), double.predict(Matrix(xs.map { [$0] })))
    #expect(small.elements.dropLast() == [0, 0, Float(log(2.0)), 1000, .infinity] && small.elements[5].isNaN)
    #expect(large.elements.dropLast() == [0, 0, log(2.0), 1000, .infinity] && large.elements[5].isNaN)
  }

  @Test func softmaxOfSingleNumbersIsWithin4UnitsInTheLastPlace() throws {
    let network = try Network<Float>(inputShape: [2], layers: [.softmax], parameters: [:])
    let xs = stride(from: Float(-80), through: 0, by: 0.0173)
    let outputs = try network.predict(Matrix(xs.map { [$0, 0] }))
    for (row, x) in xs.enumerated() {
      let exact = exp(Double(x)) / (1 + exp(Double(x)))
      #expect(abs(Double(outputs[row, 0]) - exact) <= 4 * Double(Float(exact).ulp))
    }
  }

  @Test func limitsAndNaNPassThrough() {
    #expect(ActivationFunction.sigmoid.value(at: Float.infinity) == 1)
    #expect(ActivationFunction.sigmoid.value(at: -Float.infinity) == 0)
    #expect(ActivationFunction.sigmoid.value(at: Float(-500)) == 0)
    #expect(ActivationFunction.tanh.value(at: Float.infinity) == 1)
    #expect(ActivationFunction.tanh.value(at: -Float.greatestFiniteMagnitude) == -1)
    for function in ActivationFunction.allCases {
      #expect(function.value(at: Float.nan).isNaN)
      #expect(function.value(at: Double.nan).isNaN)
    }
    #expect(ActivationFunction.sigmoid.value(at: -1000.0) == 0)
    #expect(ActivationFunction.sigmoid.value(at: 1000.0) == 1)
  }

  /// The greatest error in units in the last place of the exact result.
  private func largestError(
    from first: Float, through last: Float, step: Float, _ pair: (Float) -> (Float, Double)
  ) -> Double {
    stride(from: first, through: last, by: step).reduce(0) { worst, x in
      let (value, exact) = pair(x)
      return max(worst, abs(Double(value) - exact) / Double(Float(exact).ulp))
    }
  }
}
