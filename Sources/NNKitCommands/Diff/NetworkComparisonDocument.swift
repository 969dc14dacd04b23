import NetworkInspection

/// Matched units as JSON has them.
struct AlignmentDocument: Encodable {
  struct Layer: Encodable {
    let name: String
    let units: Int
    /// nil where the units are those of another layer, or have their places.
    let permutation: [Int]?
    let moved: Int
    let residual: Double?
  }

  let sameUpToPermutation: Bool
  let layers: [Layer]

  init(_ alignment: NetworkAlignment) {
    sameUpToPermutation = alignment.isSameUpToPermutation
    layers = alignment.layers.map {
      Layer(name: $0.name, units: $0.units, permutation: $0.permutation, moved: $0.moved, residual: $0.residual)
    }
  }
}

/// How two networks answer the same samples, as JSON has it.
struct FunctionDocument: Encodable {
  struct Flip: Encodable {
    let left: Int?
    let right: Int?
    let leftName: String?
    let rightName: String?
    let count: Int
    let indices: [Int]
  }

  struct Layer: Encodable {
    enum CodingKeys: String, CodingKey {
      case name
      case rightName
      case relativeL2 = "relative_l2"
    }

    let name: String
    let rightName: String
    let relativeL2: Double?
  }

  enum CodingKeys: String, CodingKey {
    case samples, agreement, churn, leftOnlyRight, rightOnlyRight, bothRight, bothWrong
    case mcNemarP = "mcnemar_p"
    case meanKL = "mean_kl"
    case maximumLogitDifference, maximumLogitDifferenceIndex, maximumOutputDifference
    case rmsOutputDifference, flips, indices, differing, layers, firstDivergingLayer
  }

  let samples: Int
  let agreement: Double?
  let churn: Double?
  let leftOnlyRight: Int?
  let rightOnlyRight: Int?
  let bothRight: Int?
  let bothWrong: Int?
  let mcNemarP: Double?
  let meanKL: Double?
  let maximumLogitDifference: Double?
  let maximumLogitDifferenceIndex: Int?
  let maximumOutputDifference: Double?
  let rmsOutputDifference: Double?
  let flips: [Flip]
  /// The first thousand.
  let indices: [Int]
  /// How many there are.
  let differing: Int
  let layers: [Layer]
  let firstDivergingLayer: String?

  init(_ function: FunctionDifference, classNames: [String]) {
    func name(_ index: Int?) -> String? {
      index.flatMap { classNames.indices.contains($0) ? classNames[$0] : nil }
    }
    samples = function.samples
    agreement = function.agreement
    churn = function.churn
    leftOnlyRight = function.truth?.leftOnlyRight
    rightOnlyRight = function.truth?.rightOnlyRight
    bothRight = function.truth?.bothRight
    bothWrong = function.truth?.bothWrong
    mcNemarP = function.truth?.mcNemarP
    meanKL = function.meanKL
    maximumLogitDifference = function.maximumLogitDifference
    maximumLogitDifferenceIndex = function.maximumLogitDifferenceIndex
    maximumOutputDifference = function.maximumOutputDifference
    rmsOutputDifference = function.rmsOutputDifference
    flips = function.flips.map {
      Flip(
        left: $0.left, right: $0.right, leftName: name($0.left), rightName: name($0.right), count: $0.count,
        indices: $0.indices)
    }
    indices = function.indices
    differing = function.differing
    layers = function.layers.map { Layer(name: $0.name, rightName: $0.rightName, relativeL2: $0.relativeL2) }
    firstDivergingLayer = function.firstDivergingLayer
  }
}
