import IDX
import TestSupport
import Testing

@Suite struct IDXSupervisedSamplesTests {
  private func load(_ samples: IDXArray, _ targets: IDXArray) throws -> IDXSupervisedSamples {
    let folder = try TemporaryFolder()
    try samples.write(to: folder.file("inputs"), replacing: false)
    try targets.write(to: folder.file("targets"), replacing: false, compression: .gzip)
    return try IDXSupervisedSamples(samplesPath: folder.file("inputs"), targetsPath: folder.file("targets"))
  }

  private let inputs: IDXArray

  init() throws { inputs = try IDXArray(dimensions: [3], elements: [0.5, -1, 2] as [Float]) }

  @Test func integersAreLabels() throws {
    let loaded = try load(inputs, IDXArray(dimensions: [3], elements: [2, 0, 1] as [Int16]))
    #expect(loaded.samples == inputs)
    #expect(loaded.targets == .labels([2, 0, 1]))
  }

  @Test func floatingPointNumbersAreValues() throws {
    for values in [
      try IDXArray(dimensions: [3], elements: [2, 0, 1.5] as [Float]),
      try IDXArray(dimensions: [3, 2], elements: [2, 0, 1, -5, 1e300, 0] as [Double]),
    ] {
      #expect(try load(inputs, values).targets == .values(values))
    }
  }

  private func expectRefusal(
    _ code: IDXError.Code, offset: Int, expected: String, found: String, _ targets: IDXArray,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let folder = try TemporaryFolder()
    try inputs.write(to: folder.file("inputs"), replacing: false)
    try targets.write(to: folder.file("targets"), replacing: false)
    expectError(code, path: folder.file("targets"), offset: offset, expected: expected, found: found, at: location) {
      _ = try IDXSupervisedSamples(samplesPath: folder.file("inputs"), targetsPath: folder.file("targets"))
    }
  }

  @Test func whatIsNoTargetIsRefused() throws {
    try expectRefusal(
      .notFinite, offset: 8 + 2 * 4, expected: "finite numbers", found: "nan at index 2",
      IDXArray(dimensions: [3], elements: [1, 2, .nan] as [Float]))
    try expectRefusal(
      .notFinite, offset: 12 + 3 * 8, expected: "finite numbers", found: "-inf at index 1, number 1",
      IDXArray(dimensions: [3, 2], elements: [1, 2, 3, -.infinity, 0, 0] as [Double]))
    try expectRefusal(
      .itemCountMismatch, offset: 4, expected: "3 labels, one per image", found: "2 labels",
      IDXArray(dimensions: [2], elements: [1, 2] as [Float]))
    try expectRefusal(
      .wrongRank, offset: 4, expected: "at least one number for each sample", found: "3 × 0 float32",
      IDXArray(dimensions: [3, 0], elements: [] as [Float]))
    try expectRefusal(
      .wrongRank, offset: 3, expected: "labels of 1 dimension", found: "2 dimensions (3 × 1 uint8)",
      IDXArray(dimensions: [3, 1], elements: [1, 2, 3] as [UInt8]))
    try expectRefusal(
      .negativeLabel, offset: 9, expected: "labels from 0 up", found: "-1 at index 1",
      IDXArray(dimensions: [3], elements: [1, -1, 3] as [Int8]))
  }
}
