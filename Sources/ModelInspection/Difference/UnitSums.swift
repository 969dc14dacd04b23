/// Σa² and Σ(a − b)² of each unit of a tensor, or of a stretch of one.
struct UnitSums {
  private let layout: UnitLayout
  private let first: Int
  private var left: [Double]
  private var difference: [Double]

  /// Nothing yet of what these elements belong to.
  init(_ layout: UnitLayout, elements: Range<Int>) {
    self.layout = layout
    let units = layout.units(of: elements)
    first = units.lowerBound
    left = [Double](repeating: 0, count: units.count)
    difference = left
  }

  /// Takes in a block of finite values.
  ///
  /// - Parameter start: the place of the first pair in the tensor.
  mutating func include(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>, at start: Int
  ) {
    let count = min(a.count, b.count)
    var position = 0
    var (unit, offset) = ((start / layout.inner) % layout.units, start % layout.inner)
    while position < count {
      let length: Int
      if layout.inner == 1 {
        length = min(layout.units - unit, count - position)
        unsafe includeNeighbours(
          UnsafeBufferPointer(rebasing: a[position..<position + length]),
          UnsafeBufferPointer(rebasing: b[position..<position + length]), from: unit - first)
        unit = 0
      } else {
        length = min(layout.inner - offset, count - position)
        unsafe includeFragment(
          UnsafeBufferPointer(rebasing: a[position..<position + length]),
          UnsafeBufferPointer(rebasing: b[position..<position + length]), of: unit - first)
        (unit, offset) = (unit + 1 == layout.units ? 0 : unit + 1, 0)
      }
      position += length
    }
  }

  /// One element of each of several neighbouring units.
  private mutating func includeNeighbours(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>, from place: Int
  ) {
    unsafe left.withUnsafeMutableBufferPointer { left in
      unsafe difference.withUnsafeMutableBufferPointer { difference in
        let whole = a.count / 8 * 8
        let lefts = UnsafeMutableRawBufferPointer(left)
        let differences = UnsafeMutableRawBufferPointer(difference)
        for index in 0..<whole / 8 {
          let (x, y) = unsafe (a.vector(at: index, filling: 0), b.vector(at: index, filling: 0))
          let byte = (place &+ index &* 8) &* 8
          let distance = x - y
          var squares = unsafe lefts.loadUnaligned(fromByteOffset: byte, as: SIMD8<Double>.self)
          var distances = unsafe differences.loadUnaligned(fromByteOffset: byte, as: SIMD8<Double>.self)
          squares += x * x
          distances += distance * distance
          unsafe lefts.storeBytes(of: squares, toByteOffset: byte, as: SIMD8<Double>.self)
          unsafe differences.storeBytes(of: distances, toByteOffset: byte, as: SIMD8<Double>.self)
        }
        for index in whole..<a.count {
          let (x, y) = unsafe (a[index], b[index])
          unsafe left[place + index] += x * x
          unsafe difference[place + index] += (x - y) * (x - y)
        }
      }
    }
  }

  /// Several elements of one unit.
  private mutating func includeFragment(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>, of place: Int
  ) {
    var (squares, distances) = (SIMD8<Double>(), SIMD8<Double>())
    for index in unsafe 0..<a.vectorCount {
      let (x, y) = unsafe (a.vector(at: index, filling: 0), b.vector(at: index, filling: 0))
      squares += x * x
      distances += (x - y) * (x - y)
    }
    left[place] += squares.sum()
    difference[place] += distances.sum()
  }

  /// Takes in a block of any values. A pair of which only one is finite makes the sum of its unit infinite.
  mutating func includeAny(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>, at start: Int
  ) {
    for index in 0..<min(a.count, b.count) {
      let (x, y) = unsafe (a[index], b[index])
      let place = (start + index) / layout.inner % layout.units - first
      if x.isFinite && y.isFinite {
        left[place] += x * x
        difference[place] += (x - y) * (x - y)
      } else if x != y && !(x.isNaN && y.isNaN) {
        difference[place] = .infinity
      }
    }
  }

  /// Takes in the sums of what comes after everything so far.
  mutating func merge(_ next: UnitSums) {
    for index in next.left.indices {
      left[next.first - first + index] += next.left[index]
      difference[next.first - first + index] += next.difference[index]
    }
  }

  /// The units that changed most, the most first; of equals the one with the lower index.
  func mostChanged(_ count: Int) -> [ValueDifference.ChangedUnit] {
    let changed = difference.indices.filter { difference[$0] > 0 }.map { index in
      ValueDifference.ChangedUnit(
        index: first + index,
        relativeL2: difference[index].isFinite && left[index].isFinite
          ? (left[index] == 0 ? .infinity : (difference[index] / left[index]).squareRoot()) : nil)
    }
    func rank(_ unit: ValueDifference.ChangedUnit) -> (Double, Int) {
      // What has no distance is further away than any.
      unit.relativeL2.map { (-$0, 1) } ?? (-.infinity, 0)
    }
    return Array(
      changed.sorted { (rank($0).0, rank($0).1, $0.index) < (rank($1).0, rank($1).1, $1.index) }.prefix(count))
  }
}
