import Testing

@testable import NeuralNetwork

struct ColumnRunsTests {
  /// The columns of `range` that are not 0 in all of the rows, found one by one.
  private func activeColumns(_ bytes: [UInt8], width: Int, _ range: Range<Int>, _ rows: [Int]) -> [Int] {
    range.filter { column in rows.contains { bytes[$0 * width + column] != 0 } }
  }

  private func columns(_ runs: ColumnRuns) -> [Int] {
    (0..<runs.count).flatMap { number in
      let start = runs.columns.lowerBound + runs[number].start
      return Array(start..<start + runs[number].count)
    }
  }

  @Test func eachByteOtherThan0SetsItsBit() {
    let range = 3..<75
    for value in [1, 2, 0x40, 0x7f, 0x80, 0x81, 0xff] as [UInt8] {
      for place in 0..<80 {
        var bytes = [UInt8](repeating: 0, count: 80)
        bytes[place] = value
        let masks = bytes.withUnsafeBufferPointer { ColumnMasks(of: $0, width: 80, columns: range) }
        let runs = ColumnRuns(allOf: range)
        runs.take(masks, [0], rows: 1)
        #expect(columns(runs) == (range.contains(place) ? [place] : []))
      }
    }
  }

  @Test func runsAreTheColumnsThatOneByOneAreNotAllZero() {
    var generator = RandomGenerator(seed: 11)
    for width in [1, 7, 8, 9, 63, 64, 65, 128, 200] {
      for share in [1, 4, 30] {
        let rows = 12
        let bytes = (0..<rows * width).map { _ in
          generator.next(below: share) == 0 ? UInt8(generator.next(below: 256)) : 0
        }
        let lower = generator.next(below: width)
        let range = lower..<lower + 1 + generator.next(below: width - lower)
        let masks = bytes.withUnsafeBufferPointer { ColumnMasks(of: $0, width: width, columns: range) }
        let runs = ColumnRuns(allOf: range)
        #expect(columns(runs) == Array(range))
        for _ in 0..<4 {
          let chosen = (0..<1 + generator.next(below: 4)).map { _ in generator.next(below: rows) }
          runs.take(masks, chosen, rows: chosen.count)
          let expected = activeColumns(bytes, width: width, range, chosen)
          #expect(columns(runs) == expected)
          #expect(runs.activeCount == expected.count)
          // Neighbours are one run.
          for number in 1..<max(runs.count, 1) {
            #expect(runs[number].start > runs[number - 1].start + runs[number - 1].count)
          }
        }
      }
    }
  }

  @Test(arguments: [0, -0.5]) func runsOfBytesBecomeNumbers(offset: Double) throws {
    var generator = RandomGenerator(seed: 12)
    let (width, rows) = (70, 9)
    let bytes = (0..<rows * width).map { _ in UInt8(generator.next(below: 256)) }
    let inputs = try DatasetInputs<Double>(bytes: bytes, width: width, scale: 0.25, offset: offset)
    // Runs of 1 to 40 columns: all widths of vectors, and ends that overlap.
    for length in 1...40 {
      let range = 3..<67
      let pattern = (0..<width).map { UInt8($0 % (length + 3) < length ? 1 : 0) }
      let masks = pattern.withUnsafeBufferPointer { ColumnMasks(of: $0, width: width, columns: range) }
      let runs = ColumnRuns(allOf: range)
      runs.take(masks, [0], rows: 1)
      let chosen = [8, 0, 3, 3]
      var output = [Double](repeating: .nan, count: chosen.count * runs.activeCount)
      inputs.gather(runs, chosen, rows: chosen.count, into: &output)
      let expected = chosen.flatMap { row in
        columns(runs).map { Double(bytes[row * width + $0]) * 0.25 + offset }
      }
      #expect(output == expected)
    }
  }

  @Test func columnsOfNumbersAreCopied() throws {
    let values: Matrix<Float> = try randomMatrix(rows: 5, columns: 30, seed: 13)
    let runs = ColumnRuns(allOf: 4..<21)
    var output = [Float](repeating: .nan, count: 2 * 17)
    try DatasetInputs(values).gather(runs, [4, 1], rows: 2, into: &output)
    #expect(output == Array(Array(values.row(4))[4..<21] + Array(values.row(1))[4..<21]))
  }

  @Test func activityTellsMarginsFromTheRest() throws {
    let inputs = try marginImages(count: 400, seed: 3).inputs
    let activity = try #require(inputs.columnActivity(batchSize: 50))
    #expect(activity.count == 256)
    for column in 0..<256 {
      #expect(isMargin(column) ? activity[column] == 0 : activity[column] > 0.99)
    }
    #expect(
      try DatasetInputs(randomMatrix(Float.self, rows: 4, columns: 20, seed: 1)).columnActivity(batchSize: 2) == nil)
    let shifted = try DatasetInputs<Float>(bytes: [0, 0], width: 1, scale: 1, offset: 1)
    #expect(shifted.columnActivity(batchSize: 2) == nil)
  }
}
