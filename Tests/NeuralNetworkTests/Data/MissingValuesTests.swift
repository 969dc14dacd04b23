import NeuralNetwork
import Testing

struct MissingValuesTests {
  private let nan = Double.nan

  private func dataset(_ rows: [[Double]]) throws -> Dataset<Double> {
    try Dataset(
      inputs: DatasetInputs(Matrix(rows)), targets: .labels(Array(0..<rows.count), classes: rows.count))
  }

  @Test func refusedWithThePlaceOfTheFirstOne() throws {
    let error = networkError { _ = try dataset([[1, 2], [3, nan], [nan, 4]]).preparing(.refuse) }
    #expect(error?.code == .valueOutOfRange)
    #expect(error?.place == "value 1 of sample 1")
    #expect(error?.found == "nan")
  }

  @Test func zeroTakesTheirPlace() throws {
    let prepared = try dataset([[1, 2], [3, nan], [nan, 4]]).preparing(.zero)
    #expect(try prepared == dataset([[1, 2], [3, 0], [0, 4]]))
  }

  @Test func theirSamplesAreDroppedAndTheTargetsWithThem() throws {
    let prepared = try dataset([[nan, 2], [3, 5], [nan, nan], [6, 4]]).preparing(.drop)
    #expect(prepared.inputs == (try DatasetInputs(Matrix([[3, 5], [6, 4]]))))
    #expect(prepared.targets == .labels([1, 3], classes: 4))
  }

  @Test func aDataSetOfNothingElseCannotBeDropped() throws {
    let error = networkError { _ = try dataset([[nan, 2], [3, nan]]).preparing(.drop) }
    #expect(error?.code == .countMismatch)
  }

  @Test(arguments: MissingValues.allCases) func infinityIsNotMissingButWrong(missing: MissingValues) throws {
    let error = networkError { _ = try dataset([[1, 2], [-.infinity, 3]]).preparing(missing) }
    #expect(error?.place == "value 0 of sample 1")
    #expect(error?.found == "-inf")
  }

  @Test(arguments: MissingValues.allCases) func completeDataAndBytesPassAsTheyAre(
    missing: MissingValues
  ) throws {
    let complete = try dataset([[1, 2], [3, 4]])
    #expect(try complete.preparing(missing) == complete)
    let bytes = try Dataset(
      inputs: DatasetInputs<Double>(bytes: [0, 255], width: 1, scale: 1 / 255, offset: 0),
      targets: .labels([0, 1], classes: 2))
    #expect(try bytes.preparing(missing) == bytes)
  }

  @Test func theSamplesWithMissingValuesAreKnown() throws {
    #expect(try dataset([[nan, 2], [3, 5], [nan, nan]]).inputs.samplesWithMissingValues == [0, 2])
  }

  @Test func targetsMustBeFinite() throws {
    for value in [nan, .infinity] {
      let error = networkError {
        _ = try Dataset(
          inputs: DatasetInputs(Matrix([[1.0], [2]])), targets: .values(Matrix([[0.0, 1], [2, value]])))
      }
      #expect(error?.code == .valueOutOfRange)
      #expect(error?.place == "target 1 of sample 1")
    }
  }
}
