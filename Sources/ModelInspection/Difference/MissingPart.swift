public import ModelFormat

/// A part that one of two files lacks altogether, where they are of different formats: most formats hold tensors and
/// nothing else, so that says nothing about the models, and the part is not compared.
public struct MissingPart: Equatable, Sendable {
  /// What is missing.
  public let part: DifferenceConclusion.Part
  /// Whether it is missing on the left; otherwise it is on the right.
  public let isLeft: Bool
  /// The format of the file that lacks it.
  public let format: FileFormat

  /// The parts that are missing on either side; none for models in memory and for files of one format.
  static func parts(_ left: any ModelSource, _ right: any ModelSource) -> [MissingPart] {
    guard let left = left as? any ModelFile, let right = right as? any ModelFile, left.format != right.format else {
      return []
    }
    let sides: [(part: DifferenceConclusion.Part, left: Bool, right: Bool)] = [
      (.topology, left.topology == nil, right.topology == nil),
      (.history, left.history.columns.isEmpty, right.history.columns.isEmpty),
      (.metadata, left.metadata.entries.isEmpty, right.metadata.entries.isEmpty),
    ]
    return sides.filter { $0.left != $0.right }.map { side in
      MissingPart(part: side.part, isLeft: side.left, format: side.left ? left.format : right.format)
    }
  }

  /// The parts that are compared: those that are missing on one side are left out on both.
  static func compared(_ parts: ModelParts, without missing: [MissingPart]) -> ModelParts {
    var parts = parts
    for part in missing.map(\.part) {
      switch part {
      case .topology: parts.topology = nil
      case .history: parts.history = .empty
      case .metadata: parts.metadata = [:]
      }
    }
    return parts
  }
}
