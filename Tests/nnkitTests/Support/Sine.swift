import TestSupport

/// The regression data that come with the project.
enum Sine {
  static let folder = Repository.path("samples/sine")

  static let testInputs = folder + "/test-inputs.gz"
  static let testTargets = folder + "/test-targets.gz"
  static let testCount = 200
}

extension IDXBytes {
  /// An IDX file of 32-bit floats.
  static func floats(dimensions: [Int], _ elements: [Float]) -> [UInt8] {
    idxBytes(
      type: 0x0D, dimensions: dimensions.map { UInt32($0) },
      data: elements.flatMap { withUnsafeBytes(of: $0.bitPattern.bigEndian) { Array($0) } })
  }
}
