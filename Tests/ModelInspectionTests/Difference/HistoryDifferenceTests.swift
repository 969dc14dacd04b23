import ModelFormat
import Testing

@testable import ModelInspection

struct HistoryDifferenceTests {
  private func differences(
    _ left: [(String, [Double])], _ right: [(String, [Double])], _ epochs: SavedEpochs = .last
  ) throws -> [ColumnDifference] {
    func reader(_ columns: [(String, [Double])]) throws -> ModelReader {
      let history = try TrainingHistory(columns: columns.map { .init(name: $0.0, values: $0.1) })
      return try ModelInspectionTests.reader([], history: history)
    }
    let difference = try ModelDifference(reader(left), reader(right), epochs: epochs)
    #expect(difference.isSame == difference.history.isEmpty)
    return difference.history
  }

  @Test func `Histories are compared column by column, whatever their order, and without seconds`() throws {
    #expect(
      try differences([("loss", [1, .nan]), ("seconds", [1, 2])], [("seconds", [3, 4]), ("loss", [1, .nan])]) == [])
    #expect(try differences([("loss", [1]), ("seconds", [1])], [("loss", [1])]) == [])
    let lacking = try differences([("loss", [1])], [("accuracy", [1])])
    #expect(lacking.map(\.name) == ["loss", "accuracy"])
    #expect(lacking.map { $0.left == nil } == [false, true] && lacking.map { $0.right == nil } == [true, false])
  }

  @Test func `A column shows where it ends, its best epoch and the first epoch that differs`() throws {
    let column = try #require(
      try differences([("loss", [1, 0.25, 0.5])], [("loss", [1, 0.75, 0.5, 0.5])]).first)
    #expect(column.firstDifference == 2)
    #expect(column.left?.epochs == 3 && column.left?.last == 0.5)
    #expect(column.left?.best == .init(value: 0.25, epoch: 2) && column.left?.saved == .init(value: 0.5, epoch: 3))
    #expect(column.right?.epochs == 4 && column.right?.best == .init(value: 0.5, epoch: 3))
    let accuracy = try #require(try differences([("test_accuracy", [0.5, 0.75, 0.75])], []).first)
    #expect(accuracy.left?.best == .init(value: 0.75, epoch: 2) && accuracy.firstDifference == nil)
    let rate = try #require(try differences([("learning_rate", [0.5, 0.1])], []).first)
    #expect(rate.left?.best == nil)
    let zeros = try #require(try differences([("loss", [0, .nan])], [("loss", [-0.0, .nan])]).first)
    #expect(zeros.firstDifference == 1 && zeros.left?.last?.isNaN == true)
    #expect(zeros.left?.best == .init(value: 0, epoch: 1))
  }

  @Test func `The numbers are those of the epoch that the weights are of`() throws {
    let columns = try differences(
      [("loss", [3, 1, 2])], [("loss", [4, 5, 6])], SavedEpochs(left: 2, right: 7))
    #expect(columns[0].left?.saved == .init(value: 1, epoch: 2))
    // An epoch that the history does not have counts as the last.
    #expect(columns[0].right?.saved == .init(value: 6, epoch: 3))
    let empty = try differences([], [("loss", [])], SavedEpochs(left: 0, right: 0))
    #expect(empty[0].right?.saved == nil && empty[0].right?.epochs == 0)
  }
}
