/// The loops of convolution apart from its matrix products.
protocol ConvolutionKernels<Scalar>: ElementwiseKernels {
  /// columns[(c, i, j), (y, x)] ← image[c, y · stride + i − padding, x · stride + j − padding], or 0 outside
  /// the image.
  func unfold(
    _ image: UnsafePointer<Scalar>, _ window: SlidingWindow, columns: UnsafeMutablePointer<Scalar>)

  /// The transpose of `unfold`: each element of the image becomes the sum of the columns' elements that
  /// `unfold` would copy it to.
  func fold(
    _ columns: UnsafePointer<Scalar>, _ window: SlidingWindow, image: UnsafeMutablePointer<Scalar>)

  /// output[p, ·] ← values[p].
  func fillPlanes(
    _ values: UnsafePointer<Scalar>, planes: Int, positions: Int, output: UnsafeMutablePointer<Scalar>)
}

extension ConvolutionKernels {
  func unfold(
    _ image: UnsafePointer<Scalar>, _ window: SlidingWindow, columns: UnsafeMutablePointer<Scalar>
  ) {
    var target = unsafe columns
    for channel in 0..<window.channels {
      let plane = unsafe image + channel * window.inputPlane
      for i in 0..<window.size {
        let rows = window.inside(offset: i, length: window.height, count: window.outputHeight)
        for j in 0..<window.size {
          let inside = window.inside(offset: j, length: window.width, count: window.outputWidth)
          for y in 0..<window.outputHeight {
            if rows.contains(y), !inside.isEmpty {
              let source =
                unsafe plane + (y * window.stride + i - window.padding) * window.width
                + inside.lowerBound * window.stride + j - window.padding
              unsafe target.update(repeating: 0, count: inside.lowerBound)
              unsafe copyRun(source, stride: window.stride, count: inside.count, target + inside.lowerBound)
              unsafe (target + inside.upperBound).update(
                repeating: 0, count: window.outputWidth - inside.upperBound)
            } else {
              unsafe target.update(repeating: 0, count: window.outputWidth)
            }
            unsafe target += window.outputWidth
          }
        }
      }
    }
  }

  func fold(
    _ columns: UnsafePointer<Scalar>, _ window: SlidingWindow, image: UnsafeMutablePointer<Scalar>
  ) {
    unsafe image.update(repeating: 0, count: window.channels * window.inputPlane)
    var source = unsafe columns
    for channel in 0..<window.channels {
      let plane = unsafe image + channel * window.inputPlane
      for i in 0..<window.size {
        let rows = window.inside(offset: i, length: window.height, count: window.outputHeight)
        for j in 0..<window.size {
          let inside = window.inside(offset: j, length: window.width, count: window.outputWidth)
          if !inside.isEmpty {
            for y in rows {
              let run = unsafe source + y * window.outputWidth + inside.lowerBound
              let target =
                unsafe plane + (y * window.stride + i - window.padding) * window.width
                + inside.lowerBound * window.stride + j - window.padding
              if window.stride == 1 {
                unsafe add(target, run, count: inside.count, output: target)
              } else {
                for x in 0..<inside.count { unsafe target[x * window.stride] += run[x] }
              }
            }
          }
          unsafe source += window.outputPlane
        }
      }
    }
  }

  func fillPlanes(
    _ values: UnsafePointer<Scalar>, planes: Int, positions: Int, output: UnsafeMutablePointer<Scalar>
  ) {
    for plane in 0..<planes {
      unsafe (output + plane * positions).update(repeating: values[plane], count: positions)
    }
  }
}

/// target[x] ← source[x · stride]. Runs are short: eight at a time, the last eight over some of those before,
/// is faster than a call of `memmove`.
@inline(__always)
private func copyRun<Scalar: NetworkScalar>(
  _ source: UnsafePointer<Scalar>, stride: Int, count: Int, _ target: UnsafeMutablePointer<Scalar>
) {
  guard stride == 1, count >= 8 else {
    for x in 0..<count { unsafe target[x] = unsafe source[x * stride] }
    return
  }
  var x = 0
  while true {
    let values = unsafe UnsafeRawPointer(source + x).loadUnaligned(as: SIMD8<Scalar>.self)
    unsafe UnsafeMutableRawPointer(target + x).storeBytes(of: values, as: SIMD8<Scalar>.self)
    if x == count - 8 { return }
    x = min(x + 8, count - 8)
  }
}
