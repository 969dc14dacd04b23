import BinaryIO

/// How the elements of a tensor belong to the units of its output axis: in row-major order, `inner` elements of one
/// unit, as many of the next, and after the last unit those of the first again.
struct UnitLayout: Equatable, Sendable {
  /// More units than these are not told apart: each takes memory on every thread.
  static let maximumUnits = 65_536
  /// In a tensor with more elements than these units are not told apart, since a small file can claim any number of equal
  /// ones.
  static let maximumElements = 1 << 30

  let axis: Int
  let units: Int
  let inner: Int

  /// nil for a scalar, an empty tensor, and one with too many units or elements.
  init?(shape: [Int], axis: Int) {
    guard shape.indices.contains(axis), (1...UnitLayout.maximumUnits).contains(shape[axis]),
      let count = CheckedArithmetic.product(shape), (1...UnitLayout.maximumElements).contains(count)
    else { return nil }
    self.axis = axis
    units = shape[axis]
    inner = shape[(axis + 1)...].reduce(1, *)
  }

  /// The units that a range of elements belongs to: all of them where it comes around to the first.
  func units(of elements: Range<Int>) -> Range<Int> {
    guard !elements.isEmpty, elements.count / inner < units else { return 0..<units }
    let (first, last) = (elements.lowerBound / inner % units, (elements.upperBound - 1) / inner % units)
    return first <= last && elements.count <= (last - first + 1) * inner ? first..<last + 1 : 0..<units
  }
}
