/// The loops of pooling over planes of equal size.
protocol PoolingKernels<Scalar>: Sendable {
  associatedtype Scalar: NetworkScalar

  /// The greatest value of each window, and its place i · size + j in the window.
  func maximumPool(
    _ input: UnsafePointer<Scalar>, _ window: SlidingWindow, planes: Int,
    output: UnsafeMutablePointer<Scalar>, places: UnsafeMutablePointer<Scalar>)

  /// The same for one row of windows of 2 × 2 that touch, among whose values is no NaN.
  func maximumPoolHalving(
    _ top: UnsafePointer<Scalar>, _ bottom: UnsafePointer<Scalar>, count: Int,
    output: UnsafeMutablePointer<Scalar>, places: UnsafeMutablePointer<Scalar>)

  /// Adds each gradient at the place of its window's greatest value; all else becomes 0.
  func maximumPoolBackward(
    _ outputGradient: UnsafePointer<Scalar>, places: UnsafePointer<Scalar>, _ window: SlidingWindow,
    planes: Int, inputGradient: UnsafeMutablePointer<Scalar>)

  /// The mean of each window.
  func averagePool(
    _ input: UnsafePointer<Scalar>, _ window: SlidingWindow, planes: Int,
    output: UnsafeMutablePointer<Scalar>)

  /// Adds an equal part of each gradient to all places of its window.
  func averagePoolBackward(
    _ outputGradient: UnsafePointer<Scalar>, _ window: SlidingWindow, planes: Int,
    inputGradient: UnsafeMutablePointer<Scalar>)
}

extension SlidingWindow {
  /// The most frequent window by far, which has loops of its own.
  fileprivate var isHalving: Bool { size == 2 && stride == 2 }
}

extension PoolingKernels {
  func maximumPool(
    _ input: UnsafePointer<Scalar>, _ window: SlidingWindow, planes: Int,
    output: UnsafeMutablePointer<Scalar>, places: UnsafeMutablePointer<Scalar>
  ) {
    var target = 0
    for plane in 0..<planes {
      for y in 0..<window.outputHeight {
        let top = unsafe input + plane * window.inputPlane + y * window.stride * window.width
        if window.isHalving, unsafe !containsNaN(top, count: 2 * window.width) {
          unsafe maximumPoolHalving(
            top, top + window.width, count: window.outputWidth, output: output + target, places: places + target)
        } else {
          unsafe maximaOfRow(top, window, output + target, places + target)
        }
        target += window.outputWidth
      }
    }
  }

  func maximumPoolHalving(
    _ top: UnsafePointer<Scalar>, _ bottom: UnsafePointer<Scalar>, count: Int,
    output: UnsafeMutablePointer<Scalar>, places: UnsafeMutablePointer<Scalar>
  ) {
    for x in 0..<count {
      let (a, b, c, d) = unsafe (top[2 * x], top[2 * x + 1], bottom[2 * x], bottom[2 * x + 1])
      let (upper, lower) = (b > a ? b : a, d > c ? d : c)
      unsafe output[x] = lower > upper ? lower : upper
      unsafe places[x] = lower > upper ? (d > c ? 3 : 2) : (b > a ? 1 : 0)
    }
  }

  func maximumPoolBackward(
    _ outputGradient: UnsafePointer<Scalar>, places: UnsafePointer<Scalar>, _ window: SlidingWindow,
    planes: Int, inputGradient: UnsafeMutablePointer<Scalar>
  ) {
    unsafe inputGradient.update(repeating: 0, count: planes * window.inputPlane)
    var source = 0
    for plane in 0..<planes {
      for y in 0..<window.outputHeight {
        let top = unsafe inputGradient + plane * window.inputPlane + y * window.stride * window.width
        let (gradient, place) = unsafe (outputGradient + source, places + source)
        if window.isHalving {
          let bottom = unsafe top + window.width
          for x in 0..<window.outputWidth {
            // Loaded in any case, so that the loop has no branch.
            let (value, winner) = unsafe (gradient[x], place[x])
            unsafe top[2 * x] = winner == 0 ? value : 0
            unsafe top[2 * x + 1] = winner == 1 ? value : 0
            unsafe bottom[2 * x] = winner == 2 ? value : 0
            unsafe bottom[2 * x + 1] = winner == 3 ? value : 0
          }
        } else {
          for x in 0..<window.outputWidth {
            let (i, j) = unsafe Int(place[x]).quotientAndRemainder(dividingBy: window.size)
            unsafe top[x * window.stride + i * window.width + j] += gradient[x]
          }
        }
        source += window.outputWidth
      }
    }
  }

  func averagePool(
    _ input: UnsafePointer<Scalar>, _ window: SlidingWindow, planes: Int,
    output: UnsafeMutablePointer<Scalar>
  ) {
    let share = 1 / (Scalar(window.size) * Scalar(window.size))
    var target = unsafe output
    for plane in 0..<planes {
      for y in 0..<window.outputHeight {
        let top = unsafe input + plane * window.inputPlane + y * window.stride * window.width
        unsafe target.update(repeating: 0, count: window.outputWidth)
        for i in 0..<window.size {
          for j in 0..<window.size {
            let source = unsafe top + i * window.width + j
            for x in 0..<window.outputWidth { unsafe target[x] += source[x * window.stride] }
          }
        }
        for x in 0..<window.outputWidth { unsafe target[x] *= share }
        unsafe target += window.outputWidth
      }
    }
  }

  func averagePoolBackward(
    _ outputGradient: UnsafePointer<Scalar>, _ window: SlidingWindow, planes: Int,
    inputGradient: UnsafeMutablePointer<Scalar>
  ) {
    unsafe inputGradient.update(repeating: 0, count: planes * window.inputPlane)
    let share = 1 / (Scalar(window.size) * Scalar(window.size))
    var source = unsafe outputGradient
    for plane in 0..<planes {
      for y in 0..<window.outputHeight {
        let top = unsafe inputGradient + plane * window.inputPlane + y * window.stride * window.width
        for i in 0..<window.size {
          for j in 0..<window.size {
            let target = unsafe top + i * window.width + j
            for x in 0..<window.outputWidth { unsafe target[x * window.stride] += share * source[x] }
          }
        }
        unsafe source += window.outputWidth
      }
    }
  }
}

@inline(__always)
private func containsNaN<Scalar: NetworkScalar>(_ values: UnsafePointer<Scalar>, count: Int) -> Bool {
  var found: Int32 = 0
  for index in 0..<count { unsafe found |= values[index] == values[index] ? 0 : 1 }
  return found != 0
}

/// One row of windows of any size.
@inline(__always)
private func maximaOfRow<Scalar: NetworkScalar>(
  _ top: UnsafePointer<Scalar>, _ window: SlidingWindow, _ output: UnsafeMutablePointer<Scalar>,
  _ places: UnsafeMutablePointer<Scalar>
) {
  for x in 0..<window.outputWidth {
    let corner = unsafe top + x * window.stride
    var (best, place) = unsafe (corner[0], 0)
    for i in 0..<window.size {
      for j in 0..<window.size {
        let value = unsafe corner[i * window.width + j]
        // A NaN wins against numbers, and is never replaced.
        if value > best || (value.isNaN && !best.isNaN) { (best, place) = (value, i * window.size + j) }
      }
    }
    unsafe output[x] = best
    unsafe places[x] = Scalar(place)
  }
}
