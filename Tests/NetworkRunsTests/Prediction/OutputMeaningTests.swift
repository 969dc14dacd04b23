import Foundation
import ModelFormat
import NetworkStorage
import NeuralNetwork
import Testing

@testable import NetworkRuns

struct OutputMeaningTests {
  private let labels = Truth.labels([0])
  private let targets: Truth

  init() throws { targets = .targets(try Matrix([[0]])) }

  private func meaning(
    _ last: LayerSpecification, outputs: Int = 3, loss: String? = nil, task: AttributeValue? = nil
  ) throws -> OutputMeaning {
    var generator = RandomGenerator(seed: 1)
    let network = try Network<Float>(
      inputShape: [2], layers: [.affine(outputs: outputs), last], initializer: .xavier, generator: &generator)
    var metadata: Attributes = [:]
    if let task { metadata["training.task"] = task }
    return OutputMeaning(network, Topology(inputShape: [2], layers: [], loss: loss), RunMetadata(metadata))
  }

  @Test func softmaxMeansClassesAndOthersNumbersWhateverIsKnown() throws {
    for truth in [nil, labels, targets] {
      for loss in [nil, "binary-cross-entropy", "squared-error"] {
        for task in [nil, AttributeValue.string("classification"), "regression"] {
          let softmax = try meaning(.softmax, loss: loss, task: task)
          #expect(softmax.isClassification(truth) && softmax.takesClasses(areIntegers: false))
          #expect(softmax.classes == 3 && !softmax.hasBinaryCrossEntropy(areClasses: true))
          let identity = try meaning(.identity, loss: loss, task: task)
          #expect(!identity.isClassification(truth) && !identity.takesClasses(areIntegers: true))
          #expect(!identity.hasBinaryCrossEntropy(areClasses: false))
        }
      }
    }
  }

  /// Labels decide, then the task, then the loss.
  @Test(arguments: [
    (nil, nil, false), ("binary-cross-entropy", nil, true), ("binary-cross-entropy", "regression", false),
    ("binary-cross-entropy", "classification", true), (nil, "classification", true), (nil, "regression", false),
    ("binary-cross-entropy", "something else", true), (nil, "something else", false),
  ])
  func sigmoidMeansWhatIsKnown(loss: String?, task: String?, isClassification: Bool) throws {
    for outputs in [1, 3] {
      let meaning = try meaning(.sigmoid, outputs: outputs, loss: loss, task: task.map { .string($0) })
      #expect(meaning.isClassification(nil) == isClassification)
      #expect(meaning.isClassification(labels) && !meaning.isClassification(targets))
      #expect(meaning.takesClasses(areIntegers: true) && !meaning.takesClasses(areIntegers: false))
      #expect(meaning.hasBinaryCrossEntropy(areClasses: true))
      #expect(meaning.hasBinaryCrossEntropy(areClasses: false) == (loss != nil))
      #expect(meaning.classes == max(outputs, 2))
    }
  }

  @Test func anotherLossThanBinaryCrossEntropyMakesNumbers() throws {
    for loss in ["squared-error", "cross-entropy", "a loss of tomorrow"] {
      let meaning = try meaning(.sigmoid, loss: loss, task: "classification")
      #expect(!meaning.isClassification(nil) && !meaning.takesClasses(areIntegers: true))
      #expect(!meaning.hasBinaryCrossEntropy(areClasses: true))
    }
    // A task that is no text says nothing.
    #expect(try meaning(.sigmoid, loss: "binary-cross-entropy", task: .integer(1)).isClassification(nil))
  }

  @Test func oneOutputIsTheProbabilityOfTheSecondSide() throws {
    let outputs = try Matrix<Float>([[0.25], [0.5], [1]])
    #expect(try meaning(.sigmoid, outputs: 1).probabilities(outputs) == Matrix([[0.75, 0.25], [0.5, 0.5], [0, 1]]))
    let several = try Matrix<Float>([[0.9, 0.8, 0.1]])
    #expect(try meaning(.sigmoid).probabilities(several) == several)
  }

  /// In 32 bits σ(40) is 1, and 1 − σ(40) is 0; the loss of such a mistake is 40 all the same.
  @Test func theLossOfACertainMistakeIsExact() throws {
    let path = NSTemporaryDirectory() + "nnkit-\(UUID().uuidString).nnk"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let network = try Network<Float>(
      inputShape: [1], layers: [.affine(outputs: 1), .sigmoid],
      parameters: ["affine1.weight": [1], "affine1.bias": [0]])
    try Model(network, loss: .binaryCrossEntropy).save(to: path)
    let predictor = try Predictor(contentsOf: path, threads: 1)
    let truth = Truth.labels([0, 1, 0])
    let pieces = try [[[40], [40]], [[-40]]].map { try DatasetInputs(Matrix<Float>($0)) }
    var measurement = BinaryCrossEntropyMeasurement()
    for piece in pieces { try measurement.add(piece, truth: truth, predictor: predictor) }
    #expect(abs(measurement.meanLoss - 40.0 / 3) < 1e-9 && measurement.correct == 2)
    #expect(try predictor.predict(pieces[0], asClasses: true) == Matrix([[0, 1], [0, 1]]))
    #expect(try predictor.predict(pieces[1], asClasses: true).row(0).first == 1)
  }
}
