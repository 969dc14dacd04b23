import Foundation

/// The regression data that come with the project.
enum Sine {
  static let folder = URL(fileURLWithPath: Digits.folder).deletingLastPathComponent()
    .appendingPathComponent("sine").path

  static let testInputs = folder + "/test-inputs.gz"
  static let testTargets = folder + "/test-targets.gz"
  static let testCount = 200
}

extension IDXBytes {
  /// An IDX file of 32-bit floats.
  static func floats(dimensions: [Int], _ elements: [Float]) -> [UInt8] {
    var bytes = file(
      dimensions: dimensions, elements.flatMap { withUnsafeBytes(of: $0.bitPattern.bigEndian) { Array($0) } })
    bytes[2] = 0x0D
    return bytes
  }
}
