import BinaryIO
import ModelFormat

/// Compares histories, column by column.
enum HistoryComparison {
  /// The time an epoch took is no property of the model.
  private static let ignored: ByteName = "seconds"

  /// - Parameter epochs: which epoch the weights of each side are of.
  static func differences(
    _ left: TrainingHistory, _ right: TrainingHistory, _ epochs: SavedEpochs
  ) -> [ColumnDifference] {
    let (leftValues, rightValues) = (values(left), values(right))
    var columns = left.columns
    columns += right.columns.filter { leftValues[ByteName($0.name)] == nil }
    var differences: [ColumnDifference] = []
    for name in columns.map(\.name) where ByteName(name) != ignored {
      let (a, b) = (leftValues[ByteName(name)], rightValues[ByteName(name)])
      let first = zip(a ?? [], b ?? []).enumerated().first { AttributeValue.number($1.0) != .number($1.1) }
      if let a, let b, a.count == b.count, first == nil { continue }
      differences.append(
        ColumnDifference(
          name: name, left: a.map { .init(name, $0, savedEpoch: epochs.left) },
          right: b.map { .init(name, $0, savedEpoch: epochs.right) }, firstDifference: first.map { $0.offset + 1 }))
    }
    return differences
  }

  /// The values of each column by the bytes of its name, so that many columns are compared in linear time.
  private static func values(_ history: TrainingHistory) -> [ByteName: [Double]] {
    Dictionary(uniqueKeysWithValues: history.columns.map { (ByteName($0.name), $0.values) })
  }
}

/// Compares metadata, entry by entry.
enum MetadataComparison {
  static func differences(_ left: Attributes, _ right: Attributes) -> [ModelDifference.MetadataDifference] {
    left.differingNames(from: right).map { .init(name: $0, left: left[$0], right: right[$0]) }
  }
}

extension Attributes {
  /// The names whose values differ, or that only one side has: in the order of this side, those of only the other last.
  func differingNames(from other: Attributes) -> [String] {
    (entries + other.entries.filter { self[$0.name] == nil }).map(\.name).filter { self[$0] != other[$0] }
  }
}
