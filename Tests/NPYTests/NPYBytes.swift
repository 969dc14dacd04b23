import NPY

/// Headers written by hand.
enum NPYBytes {
  /// - Parameter length: what the header says instead of the truth.
  static func header(_ text: String, version: UInt8 = 1, length: Int? = nil) -> [UInt8] {
    let length = length ?? text.utf8.count
    let lengthBytes = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
    return NPYHeader.signature + [version, 0] + lengthBytes + Array(text.utf8)
  }
}
