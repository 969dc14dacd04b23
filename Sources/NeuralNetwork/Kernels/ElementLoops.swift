// The loops that both number types share. Each is inlined into the methods of `FloatKernels` and
// `DoubleKernels`, where the type is known and the compiler vectorises it.

@inline(__always)
func copyToRowsLoop<Scalar: NetworkScalar>(
  _ bias: UnsafePointer<Scalar>, _ rows: Int, _ columns: Int, _ output: UnsafeMutablePointer<Scalar>
) {
  for row in 0..<rows {
    unsafe (output + row * columns).update(from: bias, count: columns)
  }
}

@inline(__always)
func sumRowsLoop<Scalar: NetworkScalar>(
  _ matrix: UnsafePointer<Scalar>, _ rows: Int, _ columns: Int, _ sums: UnsafeMutablePointer<Scalar>
) {
  guard rows > 0 else { return unsafe sums.update(repeating: 0, count: columns) }
  unsafe sums.update(from: matrix, count: columns)
  for row in 1..<rows {
    unsafe addLoop(sums, matrix + row * columns, columns, sums)
  }
}

@inline(__always)
func rectifyLoop<Scalar: NetworkScalar>(
  _ input: UnsafePointer<Scalar>, _ count: Int, _ output: UnsafeMutablePointer<Scalar>
) {
  for index in 0..<count {
    let value = unsafe input[index]
    // Written so that NaN passes through: a rectifier must not hide it from the loss.
    unsafe output[index] = value <= 0 ? 0 : value
  }
}

@inline(__always)
func activateBackwardLoop<Scalar: NetworkScalar>(
  _ function: ActivationFunction, _ output: UnsafePointer<Scalar>, _ outputGradient: UnsafePointer<Scalar>,
  _ count: Int, _ inputGradient: UnsafeMutablePointer<Scalar>
) {
  switch function {
  case .sigmoid:
    for index in 0..<count {
      let value = unsafe output[index]
      unsafe inputGradient[index] = unsafe outputGradient[index] * (value * (1 - value))
    }
  case .relu:
    for index in 0..<count {
      // Loaded in any case, so that the loop has no branch.
      let gradient = unsafe outputGradient[index]
      unsafe inputGradient[index] = unsafe output[index] > 0 ? gradient : 0
    }
  case .tanh:
    for index in 0..<count {
      let value = unsafe output[index]
      unsafe inputGradient[index] = unsafe outputGradient[index] * (1 - value * value)
    }
  case .identity:
    if unsafe inputGradient != outputGradient { unsafe inputGradient.update(from: outputGradient, count: count) }
  }
}

/// Converts eight rows at a time, sixteen columns of each in turn: samples in random order come from main
/// memory, and this way eight cache misses are under way at once instead of one.
@inline(__always)
func gatherLoop<Scalar: NetworkScalar>(
  _ bytes: UnsafePointer<UInt8>, _ indices: UnsafePointer<Int>, _ rows: Int, _ columns: Int, _ scale: Scalar,
  _ offset: Scalar, _ output: UnsafeMutablePointer<Scalar>
) {
  let whole = columns & ~15
  let scales = SIMD16(repeating: scale)
  let offsets = SIMD16(repeating: offset)
  for firstRow in stride(from: 0, to: rows, by: 8) {
    let block = firstRow..<min(firstRow + 8, rows)
    for column in stride(from: 0, to: whole, by: 16) {
      for row in block {
        let source = unsafe UnsafeRawPointer(bytes + (indices[row] * columns + column))
        let target = unsafe UnsafeMutableRawPointer(output + (row * columns + column))
        let values = unsafe SIMD16<Scalar>(source.loadUnaligned(as: SIMD16<UInt8>.self))
        unsafe target.storeBytes(of: values * scales + offsets, as: SIMD16<Scalar>.self)
      }
    }
    for row in block {
      let source = unsafe bytes + indices[row] * columns
      let target = unsafe output + row * columns
      for column in whole..<columns { unsafe target[column] = unsafe Scalar(source[column]) * scale + offset }
    }
  }
}

@inline(__always)
func addLoop<Scalar: NetworkScalar>(
  _ first: UnsafePointer<Scalar>, _ second: UnsafePointer<Scalar>, _ count: Int,
  _ output: UnsafeMutablePointer<Scalar>
) {
  for index in 0..<count { unsafe output[index] = unsafe first[index] + second[index] }
}

@inline(__always)
func descendLoop<Scalar: NetworkScalar>(
  _ parameters: UnsafeMutablePointer<Scalar>, _ gradients: UnsafePointer<Scalar>, _ count: Int, _ rate: Scalar
) {
  for index in 0..<count { unsafe parameters[index] -= rate * gradients[index] }
}
