import NeuralNetwork
import Testing

struct DatasetTests {
  private let inputs: Matrix<Double>

  init() throws {
    inputs = try Matrix([[1, 2], [3, 4], [5, 6]])
  }

  @Test func countsMustMeet() {
    let error = networkError {
      _ = try Dataset(inputs: DatasetInputs(inputs), targets: .labels([0, 1], classes: 2))
    }
    #expect(error?.code == .countMismatch)
    #expect(error?.found == "2")
  }

  @Test(arguments: [-1, 3, Int.max]) func aLabelOutsideTheClassesIsNamed(label: Int) {
    let error = networkError {
      _ = try Dataset(inputs: DatasetInputs(inputs), targets: .labels([0, label, 1], classes: 3))
    }
    #expect(error?.code == .labelOutOfRange)
    #expect(error?.place == "label of sample 1")
    #expect(error?.found == "\(label)")
  }

  @Test func bytesMustBeWholeSamplesWithFiniteScaling() {
    #expect(
      networkError { _ = try DatasetInputs<Float>(bytes: [1, 2, 3], width: 2, scale: 1, offset: 0) }?.code
        == .countMismatch)
    #expect(
      networkError { _ = try DatasetInputs<Float>(bytes: [1, 2], width: 0, scale: 1, offset: 0) }?.code
        == .invalidShape)
    #expect(
      networkError { _ = try DatasetInputs<Float>(bytes: [1, 2], width: 2, scale: .nan, offset: 0) }?.code
        == .valueOutOfRange)
    #expect(
      networkError {
        _ = try Dataset(inputs: DatasetInputs(inputs), targets: .labels([0, 0, 0], classes: 0))
      }?
      .code == .invalidShape)
  }

  @Test func aSubsetTakesSamplesWithTheirTargets() throws {
    let labelled = try Dataset(inputs: DatasetInputs(inputs), targets: .labels([0, 1, 2], classes: 3))
    #expect(
      try labelled.subset([2, 0, 2])
        == Dataset(
          inputs: DatasetInputs(Matrix([[5, 6], [1, 2], [5, 6]])), targets: .labels([2, 0, 2], classes: 3)))
    let bytes = try Dataset<Float>(
      inputs: DatasetInputs(bytes: [1, 2, 3, 4, 5, 6], width: 2, scale: 2, offset: 1),
      targets: .values(Matrix([[7], [8], [9]])))
    #expect(
      try bytes.subset([1])
        == Dataset(
          inputs: DatasetInputs(bytes: [3, 4], width: 2, scale: 2, offset: 1), targets: .values(Matrix([[8]]))
        ))
    let error = networkError { _ = try labelled.subset([0, 3]) }
    #expect(error?.code == .indexOutOfRange)
    #expect(error?.place == "index 1 of a subset")
  }
}
