/// Values [rows, channels, positions], seen channel by channel.
@safe
struct ChannelValues<Scalar: NetworkScalar> {
  let pointer: UnsafePointer<Scalar>
  let rows: Int
  let channels: Int
  let positions: Int

  init(_ pointer: UnsafePointer<Scalar>, rows: Int, channels: Int, positions: Int) {
    unsafe self.pointer = unsafe pointer
    self.rows = rows
    self.channels = channels
    self.positions = positions
  }

  /// Calls `body` with the channel and the start of each plane, row after row.
  @inline(__always)
  func forEachPlane(_ body: (_ channel: Int, _ start: Int) -> Void) {
    var start = 0
    for _ in 0..<rows {
      for channel in 0..<channels {
        body(channel, start)
        start += positions
      }
    }
  }
}

/// The loops of batch normalisation. With one position the channels of a row are next to each other, and the
/// loops run over channels; otherwise they run over the positions of one channel.
protocol NormalizationKernels<Scalar>: ElementwiseKernels {
  /// sums[c] ← Σ x.
  func sumChannels(_ values: ChannelValues<Scalar>, sums: UnsafeMutablePointer<Scalar>)

  /// sums[c] ← Σ (x − mean[c])².
  func sumSquaredDeviations(
    _ values: ChannelValues<Scalar>, mean: UnsafePointer<Scalar>, sums: UnsafeMutablePointer<Scalar>)

  /// output ← (x − mean[c]) · factors[c] + shifts[c].
  func normalize(
    _ values: ChannelValues<Scalar>, mean: UnsafePointer<Scalar>, factors: UnsafePointer<Scalar>,
    shifts: UnsafePointer<Scalar>, output: UnsafeMutablePointer<Scalar>)

  /// sums[c] ← Σ g and products[c] ← Σ g · (x − mean[c]).
  func sumGradients(
    _ gradient: UnsafePointer<Scalar>, _ values: ChannelValues<Scalar>, mean: UnsafePointer<Scalar>,
    sums: UnsafeMutablePointer<Scalar>, products: UnsafeMutablePointer<Scalar>)

  /// inputGradient ← g · factors[c] + (x − mean[c]) · slopes[c] + shifts[c].
  func normalizeBackward(
    _ gradient: UnsafePointer<Scalar>, _ values: ChannelValues<Scalar>, mean: UnsafePointer<Scalar>,
    factors: UnsafePointer<Scalar>, slopes: UnsafePointer<Scalar>, shifts: UnsafePointer<Scalar>,
    inputGradient: UnsafeMutablePointer<Scalar>)
}

extension NormalizationKernels {
  func sumChannels(_ values: ChannelValues<Scalar>, sums: UnsafeMutablePointer<Scalar>) {
    unsafe sums.update(repeating: 0, count: values.channels)
    if values.positions == 1 {
      for row in 0..<values.rows {
        unsafe add(sums, values.pointer + row * values.channels, count: values.channels, output: sums)
      }
    } else {
      values.forEachPlane { channel, start in
        let plane = unsafe values.pointer + start
        unsafe sums[channel] += sumInLanes(values.positions, { unsafe vector(plane + $0) }, { unsafe plane[$0] })
      }
    }
  }

  func sumSquaredDeviations(
    _ values: ChannelValues<Scalar>, mean: UnsafePointer<Scalar>, sums: UnsafeMutablePointer<Scalar>
  ) {
    unsafe sums.update(repeating: 0, count: values.channels)
    if values.positions == 1 {
      for row in 0..<values.rows {
        let source = unsafe values.pointer + row * values.channels
        for channel in 0..<values.channels {
          let deviation = unsafe source[channel] - mean[channel]
          unsafe sums[channel] += deviation * deviation
        }
      }
    } else {
      values.forEachPlane { channel, start in
        let plane = unsafe values.pointer + start
        let center = unsafe mean[channel]
        let centers = SIMD16(repeating: center)
        unsafe sums[channel] += sumInLanes(
          values.positions,
          {
            let deviations = unsafe vector(plane + $0) - centers
            return deviations * deviations
          },
          { unsafe (plane[$0] - center) * (plane[$0] - center) })
      }
    }
  }

  func normalize(
    _ values: ChannelValues<Scalar>, mean: UnsafePointer<Scalar>, factors: UnsafePointer<Scalar>,
    shifts: UnsafePointer<Scalar>, output: UnsafeMutablePointer<Scalar>
  ) {
    if values.positions == 1 {
      for row in 0..<values.rows {
        let start = row * values.channels
        for channel in 0..<values.channels {
          unsafe output[start + channel] =
            unsafe (values.pointer[start + channel] - mean[channel]) * factors[channel] + shifts[channel]
        }
      }
    } else {
      values.forEachPlane { channel, start in
        let (center, factor, shift) = unsafe (mean[channel], factors[channel], shifts[channel])
        for index in start..<start + values.positions {
          unsafe output[index] = unsafe (values.pointer[index] - center) * factor + shift
        }
      }
    }
  }

  func sumGradients(
    _ gradient: UnsafePointer<Scalar>, _ values: ChannelValues<Scalar>, mean: UnsafePointer<Scalar>,
    sums: UnsafeMutablePointer<Scalar>, products: UnsafeMutablePointer<Scalar>
  ) {
    unsafe sumChannels(
      ChannelValues(gradient, rows: values.rows, channels: values.channels, positions: values.positions),
      sums: sums)
    unsafe products.update(repeating: 0, count: values.channels)
    if values.positions == 1 {
      for row in 0..<values.rows {
        let start = row * values.channels
        for channel in 0..<values.channels {
          unsafe products[channel] += gradient[start + channel] * (values.pointer[start + channel] - mean[channel])
        }
      }
    } else {
      values.forEachPlane { channel, start in
        let (plane, slope) = unsafe (values.pointer + start, gradient + start)
        let center = unsafe mean[channel]
        let centers = SIMD16(repeating: center)
        unsafe products[channel] += sumInLanes(
          values.positions, { unsafe vector(slope + $0) * (vector(plane + $0) - centers) },
          { unsafe slope[$0] * (plane[$0] - center) })
      }
    }
  }

  func normalizeBackward(
    _ gradient: UnsafePointer<Scalar>, _ values: ChannelValues<Scalar>, mean: UnsafePointer<Scalar>,
    factors: UnsafePointer<Scalar>, slopes: UnsafePointer<Scalar>, shifts: UnsafePointer<Scalar>,
    inputGradient: UnsafeMutablePointer<Scalar>
  ) {
    if values.positions == 1 {
      for row in 0..<values.rows {
        let start = row * values.channels
        for channel in 0..<values.channels {
          let deviation = unsafe values.pointer[start + channel] - mean[channel]
          unsafe inputGradient[start + channel] =
            unsafe gradient[start + channel] * factors[channel] + deviation * slopes[channel] + shifts[channel]
        }
      }
    } else {
      values.forEachPlane { channel, start in
        let (center, factor, slope, shift) = unsafe (mean[channel], factors[channel], slopes[channel], shifts[channel])
        for index in start..<start + values.positions {
          unsafe inputGradient[index] =
            unsafe gradient[index] * factor + (values.pointer[index] - center) * slope + shift
        }
      }
    }
  }
}

@inline(__always)
private func vector<Scalar: NetworkScalar>(_ pointer: UnsafePointer<Scalar>) -> SIMD16<Scalar> {
  unsafe UnsafeRawPointer(pointer).loadUnaligned(as: SIMD16<Scalar>.self)
}

/// Σ over `count` terms in sixteen partial sums, which is faster than one and has smaller rounding errors.
@inline(__always)
private func sumInLanes<Scalar: NetworkScalar>(
  _ count: Int, _ terms: (Int) -> SIMD16<Scalar>, _ term: (Int) -> Scalar
) -> Scalar {
  var lanes = SIMD16<Scalar>(repeating: 0)
  let whole = count & ~15
  for index in stride(from: 0, to: whole, by: 16) { lanes += terms(index) }
  var sum = lanes.sum()
  for index in whole..<count { sum += term(index) }
  return sum
}
