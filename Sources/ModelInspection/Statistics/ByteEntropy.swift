import ModelFormat

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many bits a byte of each plane takes at least, when each is coded by how often it occurs there: Shannon's entropy,
/// Σ c/n · log₂(n/c) over the counts c. C. E. Shannon, "A Mathematical Theory of Communication" (1948).
enum ByteEntropy {
  /// The entropy of each byte plane, the most significant one first.
  static func planes(of tally: ElementTally) -> [Double] {
    tally.leading.isEmpty ? planes(of: tally.elements, tally.type) : planes(ofTables: tally)
  }

  private static func planes(ofTables tally: ElementTally) -> [Double] {
    guard tally.type.byteCount > 1 else { return [entropy(tally.leading)] }
    let (upper, lower) = marginals(tally.leading)
    let below = stride(from: 0, to: tally.planes.count, by: 256).map { entropy(Array(tally.planes[$0..<$0 + 256])) }
    return [entropy(upper), entropy(lower)] + below
  }

  /// How often each upper and each lower byte occurs, from counts of both together.
  static func marginals(_ leading: [Int]) -> (upper: [Int], lower: [Int]) {
    var (upper, lower) = ([Int](repeating: 0, count: 256), [Int](repeating: 0, count: 256))
    unsafe leading.withUnsafeBufferPointer { leading in
      unsafe lower.withUnsafeMutableBufferPointer { lower in
        for byte in 0..<leading.count / 256 {
          var sum = 0
          for index in 0..<256 {
            let count = unsafe leading[byte &* 256 &+ index]
            sum &+= count
            unsafe lower[index] &+= count
          }
          upper[byte] = sum
        }
      }
    }
    return (upper, lower)
  }

  private static func entropy(_ counts: [Int]) -> Double {
    let total = Double(counts.reduce(0, &+))
    return counts.reduce(0) { $1 == 0 ? $0 : $0 + information(Double($1), of: total) }
  }

  /// The same from few elements, for which a table is cleared as it is read.
  private static func planes(of elements: [UInt64], _ type: DataType) -> [Double] {
    var counts = [Int](repeating: 0, count: 256)
    let total = Double(elements.count)
    return (0..<type.byteCount).map { plane in
      let shift = UInt64(8 * (type.byteCount - 1 - plane))
      for element in elements { counts[Int(element >> shift & 0xFF)] += 1 }
      var entropy = 0.0
      for element in elements {
        let byte = Int(element >> shift & 0xFF)
        guard counts[byte] > 0 else { continue }
        entropy += information(Double(counts[byte]), of: total)
        counts[byte] = 0
      }
      return entropy
    }
  }

  private static func information(_ count: Double, of total: Double) -> Double {
    count / total * log2(total / count)
  }
}
