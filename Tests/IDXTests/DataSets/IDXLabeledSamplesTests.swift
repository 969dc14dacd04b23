import IDX
import TestSupport
import Testing

@Suite struct IDXLabeledSamplesTests {
  private let images = [UInt8](repeating: 1, count: 12)

  private func load(_ images: IDXArray, _ labels: IDXArray) throws -> IDXLabeledSamples {
    let folder = try TemporaryFolder()
    try images.write(to: folder.file("images"), replacing: false)
    try labels.write(to: folder.file("labels"), replacing: false, compression: .gzip)
    let loaded = try IDXLabeledSamples(imagesPath: folder.file("images"), labelsPath: folder.file("labels"))
    let joined = try IDXLabeledSamples(images: images, labels: labels)
    #expect(loaded.samples == joined.samples && loaded.labels == joined.labels)
    return loaded
  }

  @Test func labelsOfEveryIntegerType() throws {
    let images = try IDXArray(dimensions: [3, 2, 2], elements: images)
    for labels in [
      try IDXArray(dimensions: [3], elements: [0, 9, 100] as [UInt8]),
      try IDXArray(dimensions: [3], elements: [0, 9, 100] as [Int8]),
      try IDXArray(dimensions: [3], elements: [0, 9, 100] as [Int16]),
      try IDXArray(dimensions: [3], elements: [0, 9, 100] as [Int32]),
    ] {
      let pair = try load(images, labels)
      #expect(pair.labels == [0, 9, 100])
      #expect(pair.samples == images)
    }
  }

  /// Both ways in must refuse alike; the path is known to one of them only.
  private func expectRefusal(
    _ code: IDXError.Code, offset: Int, expected: String, found: String, images: IDXArray, labels: IDXArray,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    expectError(code, offset: offset, expected: expected, found: found, at: location) {
      _ = try IDXLabeledSamples(images: images, labels: labels)
    }
    let folder = try TemporaryFolder()
    let (imagesPath, labelsPath) = (folder.file("images"), folder.file("labels"))
    try images.write(to: imagesPath, replacing: false)
    try labels.write(to: labelsPath, replacing: false)
    expectError(code, path: labelsPath, offset: offset, expected: expected, found: found, at: location) {
      _ = try IDXLabeledSamples(imagesPath: imagesPath, labelsPath: labelsPath)
    }
  }

  @Test func countsThatDifferAreRefused() throws {
    try expectRefusal(
      .itemCountMismatch, offset: 4, expected: "3 labels, one per image", found: "4 labels",
      images: IDXArray(dimensions: [3, 4], elements: images),
      labels: IDXArray(dimensions: [4], elements: [0, 1, 2, 3] as [UInt8]))
  }

  @Test func labelsThatAreNoListAreRefused() throws {
    try expectRefusal(
      .wrongRank, offset: 3, expected: "labels of 1 dimension", found: "2 dimensions (3 × 4 uint8)",
      images: IDXArray(dimensions: [3], elements: [0, 1, 2] as [UInt8]),
      labels: IDXArray(dimensions: [3, 4], elements: images))
  }

  @Test func labelsThatAreNoIntegers() throws {
    let images = try IDXArray(dimensions: [1, 12], elements: images)
    let integers = "labels of an integer type (uint8, int8, int16 or int32)"
    try expectRefusal(
      .wrongElementType, offset: 2, expected: integers, found: "float32", images: images,
      labels: IDXArray(dimensions: [1], elements: [1] as [Float]))
    try expectRefusal(
      .wrongElementType, offset: 2, expected: integers, found: "float64", images: images,
      labels: IDXArray(dimensions: [1], elements: [1] as [Double]))
  }

  @Test func negativeLabelsAreRefused() throws {
    try expectRefusal(
      .negativeLabel, offset: 8 + 2 * 2, expected: "labels from 0 up", found: "-5 at index 2",
      images: IDXArray(dimensions: [4, 3], elements: images),
      labels: IDXArray(dimensions: [4], elements: [0, 1, -5, -6] as [Int16]))
  }
}
