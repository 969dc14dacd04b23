/// Samples, and the answer that belongs to each: a class, or numbers.
///
/// The element type of the targets tells the two apart: integers are class labels, `float32` and `float64` are the
/// numbers of a regression.
public struct IDXSupervisedSamples: Hashable, Sendable {
  /// The answers, in the order of the samples.
  public enum Targets: Hashable, Sendable {
    /// A class from 0 up for each sample.
    case labels([Int])
    /// One or more numbers for each sample, all of them finite: shape `[N]` or `[N, k]`, or any other with N items.
    case values(IDXArray)
  }

  /// The samples: any element type, any rank, the first dimension counting them.
  public let samples: IDXArray
  /// What belongs to them.
  public let targets: Targets

  /// Loads both files; `-` is standard input for one of them.
  ///
  /// Both headers are checked before any sample is read.
  ///
  /// - Throws: what `IDXReader` throws; `.wrongRank` when labels have more than one dimension; `.itemCountMismatch`;
  ///   `.negativeLabel`; `.notFinite` for a number that is NaN or infinite; `.wrongRank` for numbers whose items are
  ///   empty.
  public init(samplesPath: String, targetsPath: String) throws(IDXError) {
    var targetsReader = try IDXReader(path: targetsPath)
    let header = targetsReader.header
    if header.elementType.isInteger {
      try IDXLabeledSamples.checkLabels(header, path: targetsPath)
    } else {
      try IDXSupervisedSamples.checkValues(header, path: targetsPath)
    }
    var samplesReader = try IDXReader(path: samplesPath)
    try IDXLabeledSamples.checkCounts(images: samplesReader.header, labels: header, labelsPath: targetsPath)
    let targets = try targetsReader.readRest()
    if header.elementType.isInteger {
      self.targets = .labels(try IDXLabeledSamples.classes(targets, path: targetsPath))
    } else {
      try targets.requireFinite(path: targetsPath)
      self.targets = .values(targets)
    }
    samples = try samplesReader.readRest()
  }

  private static func checkValues(_ header: IDXHeader, path: String) throws(IDXError) {
    guard header.elementsPerItem > 0 else {
      throw IDXError(
        .wrongRank, path: path, offset: 4, expected: "at least one number for each sample", found: "\(header)")
    }
  }
}

extension IDXArray {
  /// Refuses an array in which a number is NaN or infinite. Integers always pass. O(n).
  ///
  /// - Throws: `.notFinite` with the place of the first such number.
  package func requireFinite(path: String?) throws(IDXError) {
    guard !header.elementType.isInteger else { return }
    let values = elements(as: Double.self)
    guard let index = values.firstIndex(where: { !$0.isFinite }) else { return }
    let perItem = max(header.elementsPerItem, 1)
    let column = perItem > 1 ? ", number \(index % perItem)" : ""
    throw IDXError(
      .notFinite, path: path, offset: header.headerByteCount + index * header.elementType.byteSize,
      expected: "finite numbers", found: "\(values[index]) at index \(index / perItem)\(column)")
  }
}
