/// Bins of equal width, by the rules of NumPy's `histogram`: from the least to the greatest value, and from half below
/// to half above it when all values are equal. Where NumPy refuses a range that is too narrow for distinct edges, some
/// edges are equal and the bins between them empty.
struct HistogramBins: Sendable {
  /// Tables that are counted into in turn: a processor that counts equal values one after the other would wait.
  private static let tableCount = 4
  /// Positions this close to a whole number may belong to either bin.
  private static let margin = 0x1p-28

  let edges: [Double]
  private let first: Double
  /// Bins per half unit, an estimate.
  private let density: Double
  /// Bins per unit where the bin of nearly every value can be told from it alone; nil elsewhere.
  private let exactDensity: Double?

  private var count: Int { edges.count - 1 }

  init(from least: Double, to greatest: Double, count: Int) {
    var (low, high) = (least, greatest)
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    edges = HistogramBins.edges(from: low, to: high, count: count)
    first = low
    let halfWidth = high / 2 - low / 2
    density = halfWidth > 0 ? Double(count) / halfWidth : 0
    // An edge is off by a unit in the last place of the larger bound at most. Positions, as they are computed below,
    // are off by less than 2⁻³⁴: five roundings of numbers up to 65,536.
    let step = (high - low) / Double(count)
    let isFine = step.isNormal && step > 0x1p-900 && max(low.magnitude, high.magnitude).ulp <= step * 0x1p-30
    exactDensity = isFine ? 1 / step : nil
  }

  /// low + i · (high − low) / count, in the order of operations of NumPy's `linspace`.
  private static func edges(from low: Double, to high: Double, count: Int) -> [Double] {
    let width = high - low
    let step = width / Double(count)
    return (0...count).map { index in
      if index == count { return high }
      // The widest ranges are halved to keep them finite.
      if !width.isFinite { return 2 * (low / 2 + Double(index) * ((high / 2 - low / 2) / Double(count))) }
      return low + (step > 0 ? Double(index) * step : Double(index) / Double(count) * width)
    }
  }

  /// Room for the counts of a walk through values.
  var emptyTables: [Int] { [Int](repeating: 0, count: HistogramBins.tableCount * count) }

  /// Adds the counts of a walk to those of all bins.
  func add(_ tables: [Int], to counts: inout [Int]) {
    for (index, value) in tables.enumerated() { counts[index % count] += value }
  }

  /// Counts the finite values of a block.
  func include(_ block: UnsafeBufferPointer<Double>, in tables: inout [Int]) {
    unsafe edges.withUnsafeBufferPointer { edges in
      unsafe tables.withUnsafeMutableBufferPointer { tables in
        var position = 0
        if let exactDensity {
          position = block.count / 8 * 8
          unsafe includeVectors(UnsafeBufferPointer(rebasing: block[..<position]), exactDensity, edges, tables)
        }
        for index in position..<block.count {
          let value = unsafe block[index]
          if value.isFinite { unsafe tables[bin(of: value, edges)] += 1 }
        }
      }
    }
  }

  /// Counts one value many times.
  func include(_ value: Double, count: Int, in tables: inout [Int]) {
    guard value.isFinite else { return }
    let place = unsafe edges.withUnsafeBufferPointer { unsafe bin(of: value, $0) }
    tables[place] += count
  }

  /// Counts eight values at a time, all of them the slow way where one lies near an edge or is not finite.
  private func includeVectors(
    _ block: UnsafeBufferPointer<Double>, _ density: Double, _ edges: UnsafeBufferPointer<Double>,
    _ tables: UnsafeMutableBufferPointer<Int>
  ) {
    let bytes = UnsafeRawBufferPointer(block)
    let (first, count) = (first, count)
    let (second, third, fourth) = (count, 2 * count, 3 * count)
    // Added to a number below 2³², this leaves the nearest whole number in the lower half of the bits.
    let rounder = SIMD8<Double>(repeating: 0x1p52 + 0x1p51)
    let reach = SIMD8<Double>(repeating: 0.5 - HistogramBins.margin)
    // A file that is changed while it is read may hold values that were not there at first. The bounds themselves are
    // on edges, and yet in no doubt: there may be nothing but them.
    let lowest = SIMD8<Double>(repeating: -0.5 - HistogramBins.margin)
    let highest = SIMD8<Double>(repeating: Double(count) - 0.5 + HistogramBins.margin)
    let (least, greatest) = (SIMD8<Double>(), SIMD8<Double>(repeating: Double(count - 1)))
    for offset in stride(from: 0, to: bytes.count, by: 64) {
      let values = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
      // The middle of bin i is at i.
      var position = (values - first) * density - 0.5
      let isInside = (position .> lowest) .& (position .< highest)
      position.replace(with: least, where: position .< least)
      position.replace(with: greatest, where: position .> greatest)
      let shifted = position + rounder
      let distance = position - (shifted - rounder)
      guard all((distance .<= reach) .& (distance .>= -reach) .& isInside) else {
        for lane in 0..<8 where values[lane].isFinite { unsafe tables[bin(of: values[lane], edges)] += 1 }
        continue
      }
      let bins = unsafe unsafeBitCast(shifted, to: SIMD8<UInt64>.self) & 0xFFFF_FFFF
      unsafe tables[Int(truncatingIfNeeded: bins[0])] &+= 1
      unsafe tables[second &+ Int(truncatingIfNeeded: bins[1])] &+= 1
      unsafe tables[third &+ Int(truncatingIfNeeded: bins[2])] &+= 1
      unsafe tables[fourth &+ Int(truncatingIfNeeded: bins[3])] &+= 1
      unsafe tables[Int(truncatingIfNeeded: bins[4])] &+= 1
      unsafe tables[second &+ Int(truncatingIfNeeded: bins[5])] &+= 1
      unsafe tables[third &+ Int(truncatingIfNeeded: bins[6])] &+= 1
      unsafe tables[fourth &+ Int(truncatingIfNeeded: bins[7])] &+= 1
    }
  }

  /// The bin of a finite value between the bounds.
  private func bin(of value: Double, _ edges: UnsafeBufferPointer<Double>) -> Int {
    let last = edges.count - 2
    let position = (value / 2 - first / 2) * density
    var bin = position < Double(last) ? Int(max(position, 0)) : last
    // The estimate may be a bin off; the edges themselves decide.
    while bin > 0, unsafe value < edges[bin] { bin -= 1 }
    while bin < last, unsafe value >= edges[bin + 1] { bin += 1 }
    return bin
  }
}
