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
      let first = a.flatMap { a in b.flatMap { a.firstDifference(from: $0) } }
      if let a, let b, a.count == b.count, first == nil { continue }
      differences.append(
        ColumnDifference(
          name: name, left: a.map { .init(name, $0, savedEpoch: epochs.left) },
          right: b.map { .init(name, $0, savedEpoch: epochs.right) }, firstDifference: first.map { $0 + 1 }))
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
    left.differences(from: right).map { .init(name: $0.name, left: $0.left, right: $0.right) }
  }
}

extension Attributes {
  /// An entry that two attributes do not have alike; nil on a side that lacks it.
  typealias Difference = (name: String, left: AttributeValue?, right: AttributeValue?)

  /// The entries whose values differ, or that only one side has: in the order of this side, those of only the other last.
  /// One walk over both, which have the same order; nothing is kept but what differs.
  func differences(from other: Attributes) -> [Difference] {
    var (differing, added): ([Difference], [Difference]) = ([], [])
    var (place, otherPlace) = (0, 0)
    while place < entries.count || otherPlace < other.entries.count {
      let left = place < entries.count ? entries[place] : nil
      let right = otherPlace < other.entries.count ? other.entries[otherPlace] : nil
      if let left, let right, ByteName(left.name) == ByteName(right.name) {
        if left.value != right.value { differing.append((left.name, left.value, right.value)) }
        place += 1
        otherPlace += 1
      } else if let left, right.map({ StructuredValue.precedes(left.name, $0.name) }) ?? true {
        differing.append((left.name, left.value, nil))
        place += 1
      } else if let right {
        added.append((right.name, nil, right.value))
        otherPlace += 1
      }
    }
    return differing + added
  }
}
