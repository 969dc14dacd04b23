import BinaryIO

/// What was measured during training: named columns with one value per epoch.
public struct TrainingHistory: Sendable {
  /// One measured quantity.
  public struct Column: Sendable, Equatable {
    /// The name, such as `loss` or `validation_accuracy`.
    public let name: String
    /// A value per epoch. NaN and infinities are legal.
    public let values: [Double]

    /// A column from its name and values.
    public init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }

    /// Values are equal when their bits are, and NaN equals NaN.
    public static func == (left: Column, right: Column) -> Bool {
      ByteName(left.name) == ByteName(right.name) && left.values.count == right.values.count
        && left.values.firstDifference(from: right.values) == nil
    }
  }

  /// The columns, in the order in which they were added. All have the same number of values.
  public let columns: [Column]

  /// The number of epochs: the length of every column, 0 without columns.
  public var epochs: Int { columns.first?.values.count ?? 0 }

  /// No history.
  public static let empty = TrainingHistory()

  private init() { columns = [] }

  /// A history from its columns.
  ///
  /// - Throws: `invalidHistory` when columns differ in length, or two have the same name.
  public init(columns: [Column]) throws(ModelFormatError) {
    try TrainingHistory.check(columns.lazy.map { ($0.name, $0.values.count) })
    self.columns = columns
  }

  /// Refuses columns that differ in length, and equal names.
  static func check(_ columns: some Collection<(name: String, count: Int)>) throws(ModelFormatError) {
    var names: Set<ByteName> = []
    guard let first = columns.first else { return }
    for column in columns {
      guard names.insert(ByteName(column.name)).inserted else {
        throw ModelFormatError(
          .invalidHistory, expected: "each column once", found: "column \(ByteName(column.name).quoted) twice")
      }
      guard column.count == first.count else {
        throw ModelFormatError(
          .invalidHistory, expected: "\(first.count) values as in column \(ByteName(first.name).quoted)",
          found: "\(column.count) in column \(ByteName(column.name).quoted)")
      }
    }
  }

  /// The values of the column of that name; nil when there is none.
  public subscript(name: String) -> [Double]? {
    columns.first { ByteName($0.name) == ByteName(name) }?.values
  }
}

extension TrainingHistory: Equatable {}
