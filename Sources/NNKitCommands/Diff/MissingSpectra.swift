import Formatting
import ModelInspection

/// What is not known of the singular values of changes, and why.
enum MissingSpectra {
  /// A sentence for each reason, in the order of the tensors; none where nothing is missing.
  static func sentences(_ tensors: [ModelDifference.TensorDifference]) -> [String] {
    var obstacles: [SpectrumObstacle] = []
    var names: [SpectrumObstacle: [String]] = [:]
    for tensor in tensors {
      guard let obstacle = tensor.values?.spectrumObstacle else { continue }
      if names[obstacle] == nil { obstacles.append(obstacle) }
      names[obstacle, default: []].append(tensor.name)
    }
    return obstacles.map { sentence($0, list(names[$0] ?? [])) }
  }

  private static func sentence(_ obstacle: SpectrumObstacle, _ names: String) -> String {
    switch obstacle {
    case .library(let reason): "all singular values but σ₁ of the change of \(names): \(reason)"
    case .notSettled:
      "the last digits of σ₁ of the change of \(names): the iteration ended before they settled, and σ₁ may be greater"
    case .tooMuchWork: "σ₁ of the change of \(names): it would take long; --filter with that name alone computes it"
    case .tooLarge:
      "σ₁ of the change of \(names): a row has more than \(Text.grouped(SpectrumCost.maximumColumnCount)) elements"
    }
  }

  /// The first names, and how many more there are.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(names.count > 4 ? 3 : 4).map { Text.elided(Text.name($0), to: 60) }
    let rest = names.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(Text.counted(rest, "tensor")) more" : "")
  }
}
