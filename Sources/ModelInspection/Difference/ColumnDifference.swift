import ModelFormat

/// Which epoch the weights of two models are of, where it is known not to be the last; epochs are counted from 1.
public struct SavedEpochs: Equatable, Sendable {
  /// That of the left model; nil for the last epoch.
  public let left: Int?
  /// That of the right model; nil for the last epoch.
  public let right: Int?

  /// The last epoch on both sides.
  public static let last = SavedEpochs(left: nil, right: nil)

  /// The epochs of both sides; one that the history does not have counts as the last.
  public init(left: Int?, right: Int?) {
    self.left = left
    self.right = right
  }
}

/// A column of the history that differs.
public struct ColumnDifference: Equatable, Sendable {
  /// A value and the epoch that it is of, from 1.
  public struct Point: Equatable, Sendable {
    /// The value.
    public let value: Double
    /// The epoch.
    public let epoch: Int
  }

  /// A column on one side.
  public struct Side: Equatable, Sendable {
    /// How many epochs there are.
    public let epochs: Int
    /// The value of the last epoch; nil where there is none.
    public let last: Double?
    /// The value of the epoch that the weights are of.
    public let saved: Point?
    /// The least loss or the greatest accuracy, the first of equals; nil for other columns, and where all values are NaN.
    public let best: Point?
  }

  /// The name of the column.
  public let name: String
  /// The column on the left; nil when it is missing there.
  public let left: Side?
  /// The column on the right; nil when it is missing there.
  public let right: Side?
  /// The first epoch whose values differ, from 1, where both sides have it.
  public let firstDifference: Int?
}

extension ColumnDifference.Side {
  /// - Parameter savedEpoch: the epoch that the weights are of; nil, or one that is not there, for the last.
  init(_ name: String, _ values: [Double], savedEpoch: Int?) {
    epochs = values.count
    last = values.last
    let saved = savedEpoch.flatMap { (1...max(1, values.count)).contains($0) ? $0 : nil } ?? values.count
    self.saved = values.isEmpty ? nil : .init(value: values[saved - 1], epoch: saved)
    let place: Int? =
      switch ColumnGoal(name) {
      case .less: values.placeOfLeast()
      case .more: values.placeOfGreatest()
      case .none: nil
      }
    best = place.map { .init(value: values[$0], epoch: $0 + 1) }
  }
}

/// Whether less or more of a measured quantity is better. By the names of `specs/conventions.md`, losses end in `loss`
/// and accuracies in `accuracy`.
enum ColumnGoal {
  case less, more, none

  init(_ name: String) {
    self =
      name.utf8.suffix(4).elementsEqual("loss".utf8)
      ? .less : name.utf8.suffix(8).elementsEqual("accuracy".utf8) ? .more : .none
  }
}
