import BinaryIO

/// The IDX files of a data folder, found by the names that MNIST and its relatives use.
///
/// | purpose | names that start with |
/// |---|---|
/// | training images | `train-images` or `train-inputs` |
/// | training labels | `train-labels` or `train-targets` |
/// | test images, optional | `t10k-images`, `test-images` or `test-inputs` |
/// | test labels, needed with test images | `t10k-labels`, `test-labels` or `test-targets` |
///
/// Where a file is next to its own gzip-compressed copy (`x` and `x.gz`), the plain one is taken: it is the
/// same data without the work of inflating. Any other choice between several files is refused.
public struct IDXFolder: Hashable, Sendable {
  /// The two files of one set.
  public struct FilePair: Hashable, Sendable {
    /// The path of the images.
    public let images: String
    /// The path of the labels.
    public let labels: String

    /// Reads and checks both files.
    ///
    /// - Throws: what `IDXLabeledSamples.init(imagesPath:labelsPath:)` throws.
    public func load() throws(IDXError) -> IDXLabeledSamples {
      try IDXLabeledSamples(imagesPath: images, labelsPath: labels)
    }
  }

  /// The folder.
  public let path: String
  /// The training set.
  public let training: FilePair
  /// The test set; nil when the folder has neither test images nor test labels.
  public let test: FilePair?

  /// Looks for the files; none is opened.
  ///
  /// - Throws: `.notAFolder`; `.missingFile` when training images or labels are not there, or one half of the
  ///   test set; `.ambiguousFile`; `.file` when the folder cannot be read.
  public init(path: String) throws(IDXError) {
    if FileSystem.exists(path) && !FileSystem.isFolder(path) {
      throw IDXError(.notAFolder, path: path, expected: "a folder with IDX files", found: "a file")
    }
    let listing = try Listing(path: path)
    self.path = path
    training = FilePair(
      images: try listing.require(["train-images", "train-inputs"]),
      labels: try listing.require(["train-labels", "train-targets"]))
    let testImages = ["t10k-images", "test-images", "test-inputs"]
    let testLabels = ["t10k-labels", "test-labels", "test-targets"]
    let (images, labels) = (try listing.find(testImages), try listing.find(testLabels))
    switch (images, labels) {
    case (nil, nil): test = nil
    case (let images?, let labels?): test = FilePair(images: images, labels: labels)
    case (nil, _): throw listing.missing(testImages)
    case (_, nil): throw listing.missing(testLabels)
    }
  }
}

/// The names in a folder, and the choice among them.
private struct Listing {
  let path: String
  let names: [String]

  init(path: String) throws(IDXError) {
    self.path = path
    do throws(FileError) { names = try FileSystem.names(inFolder: path) } catch { throw IDXError(error) }
  }

  func require(_ prefixes: [String]) throws(IDXError) -> String {
    guard let found = try find(prefixes) else { throw missing(prefixes) }
    return found
  }

  /// The path of the one file whose name starts with one of `prefixes`; nil when there is none.
  func find(_ prefixes: [String]) throws(IDXError) -> String? {
    let candidates = names.filter { name in
      prefixes.contains { name.hasPrefix($0) } && !FileSystem.isFolder(join(name))
    }
    // The names are sorted, so that the plain file comes before its compressed copy.
    guard let first = candidates.first else { return nil }
    guard candidates.dropFirst().allSatisfy({ $0 == first + ".gz" }) else {
      throw IDXError(
        .ambiguousFile, path: path, expected: "one file named " + patterns(prefixes),
        found: list(candidates))
    }
    return join(first)
  }

  func missing(_ prefixes: [String]) -> IDXError {
    IDXError(
      .missingFile, path: path, expected: "a file named " + patterns(prefixes),
      found: names.isEmpty ? "an empty folder" : list(names))
  }

  private func join(_ name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

  private func patterns(_ prefixes: [String]) -> String {
    prefixes.map { $0 + "*" }.joined(separator: " or ")
  }

  /// The names in quotes, which also escapes what a terminal would obey; long lists are cut.
  private func list(_ names: [String]) -> String {
    let names = names.filter { !$0.hasPrefix(".") }
    let shown = names.prefix(10).map { $0.debugDescription }.joined(separator: ", ")
    return names.count > 10 ? shown + " and \(names.count - 10) more" : shown
  }
}
