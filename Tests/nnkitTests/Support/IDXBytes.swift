import TestSupport

/// IDX files, written by hand.
enum IDXBytes {
  /// An IDX file of unsigned bytes.
  static func file(dimensions: [Int], _ elements: [UInt8]) -> [UInt8] {
    idxBytes(type: 8, dimensions: dimensions.map { UInt32($0) }, data: elements)
  }

  /// So many images of 8 × 8 black pixels.
  static func blankImages(_ count: Int) -> [UInt8] {
    file(dimensions: [count, 8, 8], [UInt8](repeating: 0, count: count * 64))
  }

  /// An IDX file of 32-bit floats.
  static func floats(dimensions: [Int], _ elements: [Float]) -> [UInt8] {
    idxBytes(
      type: 0x0D, dimensions: dimensions.map { UInt32($0) },
      data: elements.flatMap { withUnsafeBytes(of: $0.bitPattern.bigEndian) { Array($0) } })
  }
}
