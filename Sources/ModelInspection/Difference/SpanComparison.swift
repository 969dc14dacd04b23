import ModelFormat

/// Compares a span: what is summed up on its own, however tensors are cut into pieces. So rounding depends neither on
/// files nor on threads.
struct SpanComparison {
  /// How many elements a span has, unless it is the last one.
  static let size = 1 << 18

  private(set) var values: ValueComparison
  private var units: UnitSums?
  private var roundings: [(type: DataType, check: RoundingCheck)]

  /// - Parameters:
  ///   - types: those of both sides.
  ///   - layout: the units to tell apart; nil for none.
  ///   - elements: what is to be compared.
  init(
    _ types: (left: DataType, right: DataType), _ layout: UnitLayout?, tolerance: Tolerance, elements: Range<Int>
  ) {
    values = ValueComparison(
      tolerance: tolerance, dataType: types.left == types.right ? types.left : nil, start: elements.lowerBound)
    units = layout.map { UnitSums($0, elements: elements) }
    roundings = [DataType.float16, .bfloat16].map { ($0, RoundingCheck($0, left: types.left)) }
  }

  mutating func include(_ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>) {
    let start = values.position
    let isOrdinary = unsafe values.include(left, right)
    for index in roundings.indices { unsafe roundings[index].check.include(left, right) }
    if isOrdinary {
      unsafe units?.include(left, right, at: start)
    } else {
      unsafe units?.includeAny(left, right, at: start)
    }
  }

  /// Takes in a block as often as there are blocks: as if they were compared one by one.
  ///
  /// Where both are 0, no unit is touched: that takes no longer for many blocks than for one.
  mutating func include(
    _ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>, blockCount: Int
  ) {
    var block = values.next
    let isOrdinary = unsafe block.include(left, right)
    for index in roundings.indices { unsafe roundings[index].check.include(left, right) }
    let isZero = unsafe left.first == 0 && right.first == 0
    for _ in 0..<blockCount {
      if !isZero && isOrdinary {
        unsafe units?.include(left, right, at: values.position)
      } else if !isZero {
        unsafe units?.includeAny(left, right, at: values.position)
      }
      values.merge(block)
    }
  }

  /// Compares 64-bit integers exactly.
  mutating func include(
    _ left: UnsafeBufferPointer<UInt64>, _ right: UnsafeBufferPointer<UInt64>, isSigned: Bool, blockCount: Int = 1
  ) {
    var block = values.next
    unsafe block.include(left, right, isSigned: isSigned)
    for _ in 0..<blockCount { values.merge(block) }
  }

  /// Takes in the comparison of what comes after everything so far.
  mutating func merge(_ next: SpanComparison) {
    values.merge(next.values)
    for index in roundings.indices { roundings[index].check.merge(next.roundings[index].check) }
    if let others = next.units { units?.merge(others) }
  }

  func difference(shape: [Int], axis: Int?) -> ValueDifference {
    var difference = values.difference(shape: shape)
    difference.roundedTo = roundings.filter(\.check.holds).map(\.type)
    guard let units, let axis else { return difference }
    difference.unitAxis = axis
    difference.changedUnits = units.mostChanged(10)
    return difference
  }
}
