import IDX
import ModelFormat
import NetworkRuns
import NeuralNetwork
import Testing

@testable import NNKitCommands

/// What the errors of a run become on the command line: options in the place of settings, and the right exit code.
struct RunFailureTests {
  private func expect(
    _ error: any Error, _ exitCode: Int32, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let failure = CommandFailure(error)
    #expect(failure.exitCode == exitCode, sourceLocation: sourceLocation)
    #expect(failure.message == message, sourceLocation: sourceLocation)
  }

  private func networkError(_ body: () throws(NetworkError) -> some Any) throws -> NetworkError {
    do throws(NetworkError) { _ = try body() } catch { return error }
    throw TestFailure()
  }
  private struct TestFailure: Error {}

  @Test func dataNameTheOptionForMissingValues() throws {
    let gap = try DatasetInputs<Float>(Matrix([[1, .nan]]))
    let infinite = try DatasetInputs<Float>(Matrix([[1, .infinity]]))
    expect(
      TrainingDataError.unusableValues(
        .training, try networkError { () throws(NetworkError) in try gap.requireFinite() }, areMissing: true), 65,
      "the training samples: value 1 of sample 0: expected a finite number, found nan; NaN stands for a missing value: "
        + "try --missing zero or drop")
    expect(
      TrainingDataError.unusableValues(
        .test, try networkError { () throws(NetworkError) in try infinite.requireFinite() }, areMissing: false), 65,
      "the test samples: value 1 of sample 0: expected a finite number, found inf; infinity does not count as a missing "
        + "value: if it means one, write NaN in its place and give --missing zero or drop")
    expect(TrainingDataError.noSamples, 65, "the training data hold no samples")
    expect(
      TrainingDataError.shapesDiffer(training: [28, 28], test: [32, 32]), 65,
      "the test images have another shape than the training images: expected 28×28, found 32×32")
  }

  @Test func plansNameTheOptionsToChange() throws {
    expect(
      TrainingPlanError.notEnoughMemory(needed: 12_345_678, available: 1_000_000, threads: 2), 64,
      "training needs about 12.3 MB of memory, and 1.00 MB are available besides the buffers of 2 threads: try fewer "
        + "--threads, a smaller --batch-size, or smaller layers")
    expect(
      TrainingPlanError.notEnoughMemory(needed: 12_345_678, available: 9, threads: 1), 64,
      "training needs about 12.3 MB of memory, and 9 bytes are available besides the buffers of 1 thread: try a smaller "
        + "--batch-size, or smaller layers")
    expect(
      TrainingPlanError.emptySplit(share: 0.0001, samples: 1_438), 64,
      "--validation-split 0.0001 of 1,438 samples leaves one side empty")
    expect(
      TrainingPlanError.stratifiedRegression, 64,
      "--sampling stratified gives each mini-batch every class in its share, and these targets are numbers, not classes: "
        + "use --sampling without-replacement")
    let mismatch = try networkError { () throws(NetworkError) in
      var generator = RandomGenerator(seed: 1)
      let network = try Network<Float>(
        inputShape: [1], layers: [.affine(outputs: 1)], initializer: .he, generator: &generator)
      return try network.evaluate(
        Dataset(inputs: DatasetInputs(Matrix([[1]])), targets: .values(Matrix([[1]]))), loss: .crossEntropy)
    }
    expect(
      TrainingPlanError.unfit(mismatch, .regression(outputs: 1)), 64,
      "\(mismatch); use --loss squared-error for a regression")
    expect(TrainingPlanError.unfit(mismatch, .classification(classes: 2)), 64, "\(mismatch)")
    expect(
      TrainingPlanError.networkTooLarge(mismatch), 64,
      "the network is too large: \(mismatch); make its layers smaller")
  }

  @Test func modelsThatCannotBeRunSayWhatToTry() throws {
    expect(
      PredictionError.noLoss(model: "m.nnk"), 64, "m.nnk does not say what loss it was trained with: give --loss")
    expect(
      PredictionError.unknownLoss(model: "m.nnk", "hinge"), 65,
      "m.nnk: expected a loss out of cross-entropy, squared-error, binary-cross-entropy, found \"hinge\"; give --loss")
    expect(
      PredictionError.missingValue(sample: 7, model: "m.nnk"), 65,
      "sample 7 has a missing value, NaN; m.nnk was not trained to take 0 in its place (nnkit train --missing zero)")
    expect(
      PredictionError.probabilityNotFinite(sample: 7, model: "m.nnk"), 65,
      "m.nnk: the probabilities of sample 7 are NaN; the model's weights or the input values are damaged (see nnkit "
        + "inspect)")
    let header = try IDXHeader(elementType: .float32, dimensions: [3, 2])
    expect(
      PredictionError.targetSize(targets: "t", model: "m", outputs: 1_000, found: header), 65,
      "t: expected targets of 1,000 numbers, one for each output of m, found 2 (3 × 2 float32)")
    expect(
      PredictionError.labelOutOfRange(labels: "l", model: "m", classes: 3, found: 9, index: 4, takesNumbers: false), 65,
      "l: expected classes 0 to 2 as m has, found 9 at index 4")
    expect(
      PredictionError.labelOutOfRange(labels: "l", model: "m", classes: 3, found: 9, index: 4, takesNumbers: true), 65,
      "l: expected classes 0 to 2 as m has, found 9 at index 4; the targets of a regression are float32 or float64")
    expect(
      PredictionError.labelCount(labels: "l", expected: 3, found: 4), 65,
      "l: expected 3 labels, one per image, found 4; use the labels that belong to these images")
    expect(
      PredictionError.preprocessingNotFinite(model: "m", Preprocessing(scale: .nan, offset: 0)), 65,
      "m: expected a finite preprocessing, found scale nan, offset 0.0")
  }
}
