public import IDX

/// Two files: samples, and what belongs to them.
public struct SampleFiles: Hashable, Sendable {
  /// The path of the samples; `-` is standard input.
  public let samples: String
  /// The path of the labels or targets.
  public let targets: String

  /// Names two files.
  public init(samples: String, targets: String) {
    self.samples = samples
    self.targets = targets
  }

  /// Both paths.
  public var paths: [String] { [samples, targets] }

  init(_ pair: IDXFolder.FilePair) { self.init(samples: pair.images, targets: pair.labels) }

  /// Reads and checks both.
  ///
  /// - Throws: what `IDXSupervisedSamples` throws.
  public func load() throws(IDXError) -> IDXSupervisedSamples {
    try IDXSupervisedSamples(samplesPath: samples, targetsPath: targets)
  }
}

/// The files that a run learns from and is tested with.
public struct DataFiles: Hashable, Sendable {
  /// What is learned from.
  public let training: SampleFiles
  /// What is evaluated after each epoch; nil for nothing.
  public let test: SampleFiles?

  /// Names the files.
  public init(training: SampleFiles, test: SampleFiles? = nil) {
    self.training = training
    self.test = test
  }

  /// The files of a folder, by the names that `IDXFolder` looks for.
  ///
  /// - Throws: what `IDXFolder` throws.
  public init(folder: String) throws(IDXError) {
    let folder = try IDXFolder(path: folder)
    self.init(training: SampleFiles(folder.training), test: folder.test.map(SampleFiles.init))
  }

  /// All paths.
  public var paths: [String] { training.paths + (test?.paths ?? []) }
}
