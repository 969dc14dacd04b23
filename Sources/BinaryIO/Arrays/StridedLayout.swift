/// Where the elements of an array are in a file, when it does not store them one after the other in row-major order:
/// a step for each axis, as in NumPy and PyTorch.
///
/// Element (i₀, i₁, …) is number offset + i₀ · stride₀ + i₁ · stride₁ + … of what is stored. A stride of 0 repeats.
/// Every layout that exists is sound: its sizes fit in an `Int`.
package struct StridedLayout: Equatable, Sendable {
  /// A length and a step, counted in elements.
  struct Axis: Equatable, Sendable {
    var length: Int
    var stride: Int
  }

  /// The axes, outermost first, as few as possible: none has length 1, and none continues its neighbour.
  let axes: [Axis]
  /// The number of the first element.
  package let offset: Int
  /// The size of an element in bytes, at least 1.
  package let elementSize: Int
  /// How many elements the array has.
  package let count: Int
  /// One more than the number of the last element that the array uses; 0 for an empty array.
  package let end: Int

  /// Nil when lengths or strides are negative, or a size does not fit.
  ///
  /// - Parameters:
  ///   - shape: the lengths, outermost first.
  ///   - strides: as many steps, in elements.
  package init?(shape: [Int], strides: [Int], offset: Int = 0, elementSize: Int) {
    guard shape.count == strides.count, offset >= 0, strides.allSatisfy({ $0 >= 0 }),
      let count = CheckedArithmetic.product(shape), CheckedArithmetic.product([count, elementSize]) != nil
    else { return nil }
    self.offset = offset
    self.elementSize = elementSize
    self.count = count
    guard count > 0 else {
      (axes, end) = ([], 0)
      return
    }
    var end = offset
    for (length, stride) in zip(shape, strides) {
      guard let extent = CheckedArithmetic.product([length - 1, stride]),
        let sum = CheckedArithmetic.sum(end, extent)
      else { return nil }
      end = sum
    }
    guard let afterLast = CheckedArithmetic.sum(end, 1),
      CheckedArithmetic.product([afterLast, elementSize]) != nil
    else { return nil }
    self.end = afterLast
    axes = StridedLayout.merged(zip(shape, strides).map { Axis(length: $0, stride: $1) })
  }

  /// Elements one after the other in row-major order, or, as in Fortran, with the first axis varying fastest.
  package init?(shape: [Int], isFortranOrder: Bool = false, offset: Int = 0, elementSize: Int) {
    guard let strides = StridedLayout.strides(shape, isFortranOrder: isFortranOrder) else { return nil }
    self.init(shape: shape, strides: strides, offset: offset, elementSize: elementSize)
  }

  private static func strides(_ shape: [Int], isFortranOrder: Bool) -> [Int]? {
    var strides = [Int](repeating: 0, count: shape.count)
    var stride = 1
    for axis in isFortranOrder ? Array(shape.indices) : shape.indices.reversed() {
      strides[axis] = stride
      // Any steps will do for an array without elements.
      guard let product = CheckedArithmetic.product([stride, max(shape[axis], 1)]) else {
        return shape.contains(0) ? [Int](repeating: 0, count: shape.count) : nil
      }
      stride = product
    }
    return strides
  }

  /// The same places with as few axes as possible.
  private static func merged(_ axes: [Axis]) -> [Axis] {
    var merged: [Axis] = []
    for axis in axes where axis.length > 1 {
      if let last = merged.last, last.stride == axis.length * axis.stride {
        merged[merged.count - 1] = Axis(length: last.length * axis.length, stride: axis.stride)
      } else {
        merged.append(axis)
      }
    }
    return merged
  }

  /// Whether the elements follow one another in row-major order.
  package var isContiguous: Bool {
    axes.isEmpty || axes.count == 1 && axes[0].stride == 1
  }

  /// Whether one element is all that the array repeats.
  package var isConstant: Bool { axes.allSatisfy { $0.stride == 0 } }

  /// The size of all elements in bytes.
  package var byteCount: Int { count * elementSize }
}
