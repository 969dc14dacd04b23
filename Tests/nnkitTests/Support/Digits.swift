import TestSupport

/// The handwritten digits that come with the project.
enum Digits {
  static let folder = Repository.path("samples/digits")

  static let trainingImages = folder + "/train-images-idx3-ubyte.gz"
  static let trainingLabels = folder + "/train-labels-idx1-ubyte.gz"
  static let testImages = folder + "/t10k-images-idx3-ubyte.gz"
  static let testLabels = folder + "/t10k-labels-idx1-ubyte.gz"
  static let testCount = 359
}
