import Testing

@testable import NNKitCommands

struct LineChartTests {
  private func chart(_ values: [Double], width: Int = 4, height: Int = 2) -> [String] {
    LineChart(values: values, ends: ("1", "9"), title: "x", width: width, height: height).lines
  }

  /// A rising line: one dot in each of the eight columns, from the lowest level to the highest.
  @Test func aRisingLineIsDrawn() {
    #expect(
      chart([0, 7]) == [
        "    7 ┤  ⡠⠊", "  3.5 ┤⡠⠊", "      └────", "       1 x 9",
      ])
  }

  @Test func aStepIsJoined() {
    #expect(
      chart([8, 8, 8, 8, 0, 0, 0, 0]) == [
        "  8 ┤⠉⠉⡆", "  4 ┤  ⣇⣀", "    └────", "     1 x 9",
      ])
  }

  @Test func valuesThatAreNotFiniteLeaveAGap() {
    let lines = chart([1, 1, 1, .nan, 1, 1, 1, .infinity], height: 1)
    #expect(lines.first == "    1 ┤⠉⠁⠉⠁")
  }

  @Test func theAxisBeginsAtZeroOrBelow() {
    #expect(chart([4, 8], height: 3).map { $0.prefix(3) }.prefix(3) == ["  8", "  4", "  0"])
    #expect(chart([-4, 8], height: 3).prefix(3).map { $0.split(separator: " ")[0] } == ["8", "2", "-4"])
  }

  @Test func withoutTwoValuesThereIsNothingToDraw() {
    for values in [[], [1], [.nan, 1, .infinity], [0, 0]] as [[Double]] { #expect(chart(values).isEmpty) }
  }

  /// Every point lies in its column at its level: decoded from the characters again.
  @Test func aCurveCanBeReadBack() throws {
    let values = (0..<40).map { 10 / Double($0 + 1) }
    let lines = chart(values, width: 20, height: 5)
    let rows = lines.prefix(5).map { line in
      Array(line.split(separator: "┤", maxSplits: 1).last?.split(separator: "│", maxSplits: 1).last ?? "").map {
        character -> UInt32 in
        let scalar = character.unicodeScalars.first?.value ?? 0
        return scalar >= 0x2800 ? scalar - 0x2800 : 0
      }
    }
    // The dots of a character from top to bottom, in its left and its right column.
    let bits: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
    for (column, value) in values.enumerated() {
      let level = Int((value / 10 * 19).rounded())
      let row = rows[4 - level / 4]
      #expect(column / 2 < row.count)
      guard column / 2 < row.count else { continue }
      #expect(row[column / 2] & bits[column % 2][3 - level % 4] != 0, "column \(column)")
    }
  }
}
