import TestSupport

/// The regression data that come with the project.
enum Sine {
  static let folder = Repository.path("samples/sine")

  static let testInputs = folder + "/test-inputs.gz"
  static let testTargets = folder + "/test-targets.gz"
  static let testCount = 200
}
