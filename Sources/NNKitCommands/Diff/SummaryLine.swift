/// A sentence of the summary, and what a script knows it by.
struct SummaryLine: Equatable {
  /// What a sentence says. Codes keep their names.
  enum Code: String, CaseIterable {
    case same
    case sameContent = "same-content"
    case sameWithinTolerance = "same-within-tolerance"
    case sameUpToPermutation = "same-up-to-permutation"
    case transposed
    case roundedToHalf = "rounded-to-f16"
    case roundedToBrain = "rounded-to-bf16"
    case onlySomeLayers = "only-some-layers"
    case allLayers = "all-layers"
    case lowRankUpdate = "low-rank-update"
    case otherArchitecture = "other-architecture"
    case otherTensors = "other-tensors"
    case otherTraining = "other-training"
    case leftBetter = "left-better"
    case rightBetter = "right-better"
    case notDistinguishable = "not-distinguishable"

    /// Whether it says which model is better, or that this cannot be told.
    var isVerdict: Bool {
      switch self {
      case .leftBetter, .rightBetter, .notDistinguishable: true
      case .same, .sameContent, .sameWithinTolerance, .sameUpToPermutation, .transposed, .roundedToHalf,
        .roundedToBrain,
        .onlySomeLayers, .allLayers, .lowRankUpdate, .otherArchitecture, .otherTensors, .otherTraining:
        false
      }
    }
  }

  let code: Code
  let message: String
}
