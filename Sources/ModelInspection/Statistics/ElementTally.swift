import ModelFormat

/// How often each pattern of leading bits, and each byte of the planes below them, occurs among stored elements.
///
/// Tallies of parts add up to that of the whole, whatever the parts and their order. The elements of a small tensor are
/// kept as they are: to clear and to search tables takes longer than to sort them.
final class ElementTally: @unchecked Sendable {
  /// As many elements are kept as they are.
  static let fewElements = ElementBlocks.size

  let type: DataType
  /// Counts by the upper 16 bits, or all 8 of them; empty where elements are kept.
  private(set) var leading: [Int]
  /// Counts by byte of each plane below the leading bits, the most significant one first; empty where elements are kept.
  private(set) var planes: [Int]
  /// The elements of a small tensor, in any order.
  private(set) var elements: [UInt64] = []
  private let keepsElements: Bool
  private let tables: ClearedTables

  /// - Parameters:
  ///   - count: how many elements the tensor has.
  ///   - tables: where large tables are from, and go back to.
  init(of type: DataType, count: Int, _ tables: ClearedTables) {
    self.type = type
    self.tables = tables
    keepsElements = count <= ElementTally.fewElements
    leading = keepsElements ? [] : tables.take(count: 1 << ElementOrder(type).leadingWidth)
    planes = [Int](repeating: 0, count: keepsElements ? 0 : max(0, type.byteCount - 2) * 256)
  }

  deinit { tables.giveBack(leading) }

  /// Takes in one element many times. O(1) where elements are counted.
  func include(_ element: UInt64, count: Int) {
    guard !keepsElements else {
      elements.append(contentsOf: repeatElement(element, count: count))
      return
    }
    let width = 8 * type.byteCount
    leading[Int(element >> UInt64(width - min(width, 16)))] += count
    for plane in 0..<planes.count / 256 {
      planes[plane * 256 + Int(element >> UInt64(width - 24 - 8 * plane) & 0xFF)] += count
    }
  }

  /// Takes in all elements of `bytes`.
  func include(_ bytes: UnsafeRawBufferPointer) {
    switch type.byteCount {
    case 1: unsafe include(bytes, as: UInt8.self)
    case 2: unsafe include(bytes, as: UInt16.self)
    case 4: unsafe include(bytes, as: UInt32.self)
    default: unsafe include(bytes, as: UInt64.self)
    }
  }

  @inline(__always)
  private func include<Bits: FixedWidthInteger & UnsignedInteger>(_ bytes: UnsafeRawBufferPointer, as _: Bits.Type) {
    let size = MemoryLayout<Bits>.size
    let count = bytes.count / size
    guard !keepsElements else {
      var kept = elements
      elements = []
      kept.reserveCapacity(kept.count + count)
      for index in 0..<count {
        let bits = Bits(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: index &* size, as: Bits.self))
        kept.append(UInt64(bits))
      }
      elements = kept
      return
    }
    unsafe leading.withUnsafeMutableBufferPointer { leading in
      unsafe planes.withUnsafeMutableBufferPointer { planes in
        for index in 0..<count {
          let bits = Bits(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: index &* size, as: Bits.self))
          unsafe leading[Int(truncatingIfNeeded: bits &>> Bits(8 &* max(0, size &- 2)))] &+= 1
          var plane = 0
          while plane < size &- 2 {
            let byte = Int(truncatingIfNeeded: bits &>> Bits(8 &* (size &- 3 &- plane))) & 0xFF
            unsafe planes[plane &* 256 &+ byte] &+= 1
            plane &+= 1
          }
        }
      }
    }
  }

  /// Adds what another thread has seen of the same tensor.
  func merge(_ other: ElementTally) {
    elements += other.elements
    leading.add(other.leading)
    planes.add(other.planes)
  }
}

extension [Int] {
  /// Adds the counts of another table, place by place.
  mutating func add(_ other: [Int]) {
    for index in 0..<Swift.min(count, other.count) { self[index] &+= other[index] }
  }
}
