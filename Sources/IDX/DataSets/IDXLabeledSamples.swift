/// Samples, such as images, and the class label of each.
public struct IDXLabeledSamples: Sendable {
  /// The samples: any element type, any rank, the first dimension counting them.
  public let samples: IDXArray
  /// One label from 0 up for each sample, in the same order.
  public let labels: [Int]

  /// Loads both files; `-` is standard input for one of them.
  ///
  /// Both headers are checked before any image is read.
  ///
  /// - Throws: what `IDXReader` throws; `.wrongElementType` or `.wrongRank` when the labels are not integers of
  ///   rank 1; `.itemCountMismatch`; `.negativeLabel`.
  public init(imagesPath: String, labelsPath: String) throws(IDXError) {
    var labelsReader = try IDXReader(path: labelsPath)
    try IDXLabeledSamples.checkLabels(labelsReader.header, path: labelsPath)
    var imagesReader = try IDXReader(path: imagesPath)
    try IDXLabeledSamples.checkCounts(
      images: imagesReader.header, labels: labelsReader.header, labelsPath: labelsPath)
    labels = try IDXLabeledSamples.classes(labelsReader.readRest(), path: labelsPath)
    samples = try imagesReader.readRest()
  }

  /// Joins arrays that are in memory.
  ///
  /// - Throws: `.wrongElementType` or `.wrongRank` when the labels are not integers of rank 1;
  ///   `.itemCountMismatch`; `.negativeLabel`.
  public init(images: IDXArray, labels: IDXArray) throws(IDXError) {
    try IDXLabeledSamples.checkLabels(labels.header, path: nil)
    try IDXLabeledSamples.checkCounts(images: images.header, labels: labels.header, labelsPath: nil)
    self.labels = try IDXLabeledSamples.classes(labels, path: nil)
    samples = images
  }

  static func checkLabels(_ header: IDXHeader, path: String?) throws(IDXError) {
    guard header.rank == 1 else {
      throw IDXError(
        .wrongRank, path: path, offset: 3, expected: "labels of 1 dimension",
        found: "\(header.rank) dimensions (\(header))")
    }
    guard header.elementType.isInteger else {
      throw IDXError(
        .wrongElementType, path: path, offset: 2,
        expected: "labels of an integer type (uint8, int8, int16 or int32)", found: "\(header.elementType)")
    }
  }

  static func checkCounts(
    images: IDXHeader, labels: IDXHeader, labelsPath: String?
  ) throws(IDXError) {
    guard images.itemCount == labels.itemCount else {
      throw IDXError(
        .itemCountMismatch, path: labelsPath, offset: 4,
        expected: "\(images.itemCount) labels, one per image",
        found: "\(labels.itemCount) labels")
    }
  }

  static func classes(_ array: IDXArray, path: String?) throws(IDXError) -> [Int] {
    let labels = try array.elements(as: Int.self)
    if let index = labels.firstIndex(where: { $0 < 0 }) {
      throw IDXError(
        .negativeLabel, path: path,
        offset: array.header.headerByteCount + index * array.header.elementType.byteSize,
        expected: "labels from 0 up", found: "\(labels[index]) at index \(index)")
    }
    return labels
  }
}
