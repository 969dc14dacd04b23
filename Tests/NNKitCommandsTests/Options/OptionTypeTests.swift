import ArgumentParser
import NeuralNetwork
import Testing

@testable import NNKitCommands

struct OptionTypeTests {
  @Test func hiddenWidths() {
    #expect(HiddenWidths(argument: "64")?.widths == [64])
    #expect(HiddenWidths(argument: "128,64,32")?.widths == [128, 64, 32])
    for text in [
      "", ",", "64,", ",64", "64,,32", "0", "-1", "64,0", "64 32", "64.5", "x", "99999999999999999999",
    ] {
      #expect(HiddenWidths(argument: text) == nil, "\(text)")
    }
  }

  @Test func initializers() {
    #expect(InitializerOption(argument: "xavier")?.initializer == .xavier)
    #expect(InitializerOption(argument: "he")?.initializer == .he)
    #expect(InitializerOption(argument: "normal:0.01")?.initializer == .normal(standardDeviation: 0.01))
    #expect(InitializerOption(argument: "normal:0")?.initializer == .normal(standardDeviation: 0))
    for text in [
      "", "normal", "normal:", "normal:-0.1", "normal:nan", "normal:inf", "normal:0.1,", "He", "zeros",
    ] {
      #expect(InitializerOption(argument: text) == nil, "\(text)")
    }
  }

  @Test func namedCasesAreThoseOfTheLibrary() {
    #expect(Named<Loss>(argument: "squared-error")?.value == .squaredError)
    #expect(Named<Loss>(argument: "squaredError") == nil)
    #expect(Named<Sampling>(argument: "with-replacement")?.value == .withReplacement)
    #expect(Named<Optimizer>(argument: "sgd")?.value == .sgd)
    #expect(Named(Loss.crossEntropy).defaultValueDescription == "cross-entropy")
    #expect(Named<Loss>.allValueStrings == Loss.allCases.map(\.rawValue))
  }

  @Test func activationsChooseTheirLayerAndInitializer() {
    #expect(Activation.allCases.map(\.layer) == [.sigmoid, .relu, .tanh, .identity])
    #expect(Activation.allCases.map(\.initializer) == [.xavier, .he, .xavier, .xavier])
  }

  @Test func layersFollowFromTheOptions() throws {
    let options = try NetworkOptions.parse(["--hidden", "5,3", "--activation", "tanh"])
    #expect(options.layers == [.affine(outputs: 5), .tanh, .affine(outputs: 3), .tanh])
    #expect(try NetworkOptions.parse([]).layers.isEmpty)
  }

  @Test func durationIsEpochsUnlessIterationsAreGiven() throws {
    #expect(try TrainingOptions.parse([]).duration == .epochs(10))
    #expect(try TrainingOptions.parse(["--epochs", "3"]).duration == .epochs(3))
    #expect(try TrainingOptions.parse(["--iterations", "7"]).duration == .iterations(7))
  }

  @Test func limitsAreThoseOfTheLibrary() throws {
    let greatest = [
      "--batch-size", "\(TrainingConfiguration.maximumBatchSize)", "--threads",
      "\(TrainingConfiguration.maximumThreads)", "--epochs", "2147483647",
    ]
    let options = try TrainingOptions.parse(greatest)
    _ = try TrainingConfiguration(
      batchSize: options.batchSize, duration: options.duration, seed: 0,
      threads: try #require(options.threads))
    _ = try TrainingConfiguration(
      duration: try TrainingOptions.parse(["--iterations", "2147483647"]).duration, seed: 0)
  }
}
