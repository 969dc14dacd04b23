/// The loops over the rows of a mini-batch: biases, and softmax.
protocol RowKernels<Scalar>: ElementwiseKernels, FunctionKernels {
  /// Writes `bias` into each row of `output`.
  func copyToRows(
    bias: UnsafePointer<Scalar>, rows: Int, columns: Int, output: UnsafeMutablePointer<Scalar>)

  /// sums[c] ← Σ_r matrix[r, c].
  func sumRows(
    matrix: UnsafePointer<Scalar>, rows: Int, columns: Int, sums: UnsafeMutablePointer<Scalar>)

  /// The place of the greatest number; the first of equals.
  func indexOfMaximum(_ values: UnsafePointer<Scalar>, count: Int) -> Int

  /// output ← e^(input − maximum of the row). `output` may be `input`.
  func powers(
    input: UnsafePointer<Scalar>, rows: Int, columns: Int, output: UnsafeMutablePointer<Scalar>)

  /// Softmax of each row, after subtraction of the row's maximum. `output` may be `input`.
  func softmax(
    input: UnsafePointer<Scalar>, rows: Int, columns: Int, output: UnsafeMutablePointer<Scalar>)

  /// ∂L/∂u_i = y_i (g_i − Σ_k g_k y_k) for each row, with y the softmax and g = ∂L/∂y. `inputGradient` may be
  /// `outputGradient`.
  func softmaxBackward(
    output: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>, rows: Int, columns: Int,
    inputGradient: UnsafeMutablePointer<Scalar>)
}

extension RowKernels {
  func copyToRows(
    bias: UnsafePointer<Scalar>, rows: Int, columns: Int, output: UnsafeMutablePointer<Scalar>
  ) {
    for row in 0..<rows { unsafe (output + row * columns).update(from: bias, count: columns) }
  }

  func sumRows(
    matrix: UnsafePointer<Scalar>, rows: Int, columns: Int, sums: UnsafeMutablePointer<Scalar>
  ) {
    guard rows > 0 else { return unsafe sums.update(repeating: 0, count: columns) }
    unsafe sums.update(from: matrix, count: columns)
    for row in 1..<rows { unsafe add(sums, matrix + row * columns, count: columns, output: sums) }
  }

  @inline(__always)
  func indexOfMaximum(_ values: UnsafePointer<Scalar>, count: Int) -> Int {
    var best = 0
    for index in 1..<max(count, 1) where unsafe values[index] > values[best] { best = index }
    return best
  }

  func powers(
    input: UnsafePointer<Scalar>, rows: Int, columns: Int, output: UnsafeMutablePointer<Scalar>
  ) {
    for row in 0..<rows {
      let source = unsafe input + row * columns
      let target = unsafe output + row * columns
      let maximum = unsafe source[indexOfMaximum(source, count: columns)]
      for column in 0..<columns { unsafe target[column] = unsafe source[column] - maximum }
    }
    unsafe map(ExponentialOfNonPositive(), output, count: rows * columns, output: output)
  }

  func softmax(
    input: UnsafePointer<Scalar>, rows: Int, columns: Int, output: UnsafeMutablePointer<Scalar>
  ) {
    unsafe powers(input: input, rows: rows, columns: columns, output: output)
    for row in 0..<rows {
      let target = unsafe output + row * columns
      var sum: Scalar = 0
      for column in 0..<columns { unsafe sum += target[column] }
      let factor = 1 / sum
      for column in 0..<columns { unsafe target[column] *= factor }
    }
  }

  func softmaxBackward(
    output: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>, rows: Int, columns: Int,
    inputGradient: UnsafeMutablePointer<Scalar>
  ) {
    for row in 0..<rows {
      let start = row * columns
      var sum: Scalar = 0
      for index in start..<start + columns { unsafe sum += outputGradient[index] * output[index] }
      for index in start..<start + columns {
        unsafe inputGradient[index] = unsafe output[index] * (outputGradient[index] - sum)
      }
    }
  }
}
