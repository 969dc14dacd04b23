/// The loops that turn the bytes of chosen samples into rows of numbers.
protocol GatherKernels<Scalar>: Sendable {
  associatedtype Scalar: NetworkScalar

  /// output[r, c] ← scale · bytes[indices[r], c] + offset.
  func gather(
    bytes: UnsafePointer<UInt8>, indices: UnsafePointer<Int>, rows: Int, columns: Int, scale: Scalar,
    offset: Scalar, output: UnsafeMutablePointer<Scalar>)

  /// output[r, c] ← scale · bytes[indices[r], the c-th column of the runs] + offset, as a matrix of all columns of the
  /// runs.
  func gather(
    bytes: UnsafePointer<UInt8>, width: Int, indices: UnsafePointer<Int>, rows: Int, runs: ColumnRuns,
    scale: Scalar, offset: Scalar, output: UnsafeMutablePointer<Scalar>)
}

extension GatherKernels {
  // Inlined where `FloatKernels` and `DoubleKernels` conform: only there the compiler inlines the conversion of vectors too.

  /// Converts eight rows at a time, sixteen columns of each in turn: samples in random order come from main
  /// memory, and this way eight cache misses are under way at once instead of one.
  @inline(__always)
  func gather(
    bytes: UnsafePointer<UInt8>, indices: UnsafePointer<Int>, rows: Int, columns: Int, scale: Scalar,
    offset: Scalar, output: UnsafeMutablePointer<Scalar>
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
  func gather(
    bytes: UnsafePointer<UInt8>, width: Int, indices: UnsafePointer<Int>, rows: Int, runs: ColumnRuns,
    scale: Scalar, offset: Scalar, output: UnsafeMutablePointer<Scalar>
  ) {
    let stride = runs.activeCount
    var position = 0
    for number in 0..<runs.count {
      let run = runs[number]
      let source = unsafe bytes + (runs.columns.lowerBound + run.start)
      let target = unsafe output + position
      if run.count >= 16 {
        let (scales, offsets) = (SIMD16(repeating: scale), SIMD16(repeating: offset))
        unsafe convertColumns(16, width, indices, rows, run.count, stride) { row, column, place in
          let bytes = unsafe UnsafeRawPointer(source + (row &+ column)).loadUnaligned(as: SIMD16<UInt8>.self)
          unsafe UnsafeMutableRawPointer(target + (place &+ column)).storeBytes(
            of: SIMD16<Scalar>(bytes) * scales + offsets, as: SIMD16<Scalar>.self)
        }
      } else if run.count >= 8 {
        let (scales, offsets) = (SIMD8(repeating: scale), SIMD8(repeating: offset))
        unsafe convertColumns(8, width, indices, rows, run.count, stride) { row, column, place in
          let bytes = unsafe UnsafeRawPointer(source + (row &+ column)).loadUnaligned(as: SIMD8<UInt8>.self)
          unsafe UnsafeMutableRawPointer(target + (place &+ column)).storeBytes(
            of: SIMD8<Scalar>(bytes) * scales + offsets, as: SIMD8<Scalar>.self)
        }
      } else {
        for row in 0..<rows {
          let (from, to) = unsafe (source + indices[row] &* width, target + row &* stride)
          for column in 0..<run.count { unsafe to[column] = unsafe Scalar(from[column]) * scale + offset }
        }
      }
      position += run.count
    }
  }
}

/// Calls `convert` for vectors of `size` columns; the last vector ends with the last column, and does some of them again.
///
/// - Parameter convert: Gets the start of a row among the bytes, a column, and the start of the row in the output.
@inline(__always)
private func convertColumns(
  _ size: Int, _ width: Int, _ indices: UnsafePointer<Int>, _ rows: Int, _ count: Int, _ stride: Int,
  _ convert: (Int, Int, Int) -> Void
) {
  var column = 0
  repeat {
    let start = min(column, count &- size)
    for row in 0..<rows { unsafe convert(indices[row] &* width, start, row &* stride) }
    column &+= size
  } while column < count
}
