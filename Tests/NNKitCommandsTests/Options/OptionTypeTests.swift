import ArgumentParser
import NetworkRuns
import NeuralNetwork
import Testing

@testable import NNKitCommands

struct OptionTypeTests {
  @Test func hiddenWidthsAreRead() throws {
    #expect(try HiddenWidths("64").widths == [64])
    #expect(try HiddenWidths("128,64,32").widths == [128, 64, 32])
    for text in [
      "", ",", "64,", ",64", "64,,32", "0", "-1", "64,0", "64 32", "64.5", "x", "99999999999999999999",
    ] {
      #expect(throws: ValidationError.self, "\(text)") { try HiddenWidths(text) }
    }
  }

  @Test func initializersAreRead() throws {
    #expect(try InitializerOption("xavier").initializer == .xavier)
    #expect(try InitializerOption("he").initializer == .he)
    #expect(try InitializerOption("normal:0.01").initializer == .normal(standardDeviation: 0.01))
    #expect(try InitializerOption("normal:0").initializer == .normal(standardDeviation: 0))
    for text in [
      "", "normal", "normal:", "normal:-0.1", "normal:nan", "normal:inf", "normal:0.1,", "He", "zeros",
      "normal:1e39", "normal:1e-60",
    ] {
      #expect(throws: ValidationError.self, "\(text)") { try InitializerOption(text) }
    }
  }

  @Test func schedulesAreRead() throws {
    #expect(try ScheduleOption("cosine").shape == .cosine(minimum: 0))
    #expect(try ScheduleOption("step(10,0.5)").shape == .step(every: 10, factor: 0.5))
    for text in ["", "linear", "step(0,0.5)", "step(1,0)", "exponential(nan)", "cosine(-1)"] {
      #expect(throws: ValidationError.self, "\(text)") { try ScheduleOption(text) }
    }
  }

  @Test func namedCasesAreThoseOfTheLibrary() {
    #expect(Named<Loss>(argument: "squared-error")?.value == .squaredError)
    #expect(Named<Loss>(argument: "squaredError") == nil)
    #expect(Named<Sampling>(argument: "with-replacement")?.value == .withReplacement)
    #expect(Named<Optimizer.Name>(argument: "sgd")?.value == .sgd)
    #expect(Named(Loss.crossEntropy).defaultValueDescription == "cross-entropy")
    #expect(Named<Loss>.allValueStrings == Loss.allCases.map(\.rawValue))
  }

  @Test func activationsChooseTheirLayerAndInitializer() {
    let names = ["sigmoid", "relu", "tanh", "identity", "gelu", "silu", "softplus"]
    #expect(Set(Activation.allValueStrings) == Set(names))
    let layers = names.compactMap { Activation(argument: $0)?.layer }
    #expect(layers == [.sigmoid, .relu, .tanh, .identity, .gelu, .silu, .softplus])
    #expect(layers.map { Initializer.suited(to: [$0]) } == [.xavier, .he, .xavier, .xavier, .he, .he, .he])
    for name in ["leakyrelu", "softmax", "dropout", "ReLU", ""] { #expect(Activation(argument: name) == nil) }
  }

  @Test func layersFollowFromTheOptions() throws {
    func layers(_ arguments: [String], loss: Loss = .crossEntropy) throws -> [LayerSpecification] {
      try NetworkOptions.parse(arguments).design().layers(
        inputShape: [4, 4], task: .classification(classes: 7), loss: loss)
    }
    #expect(
      try layers(["--hidden", "5,3", "--activation", "tanh"]) == [
        .affine(outputs: 5), .tanh, .affine(outputs: 3), .tanh, .affine(outputs: 7), .softmax,
      ])
    #expect(try layers([]) == [.affine(outputs: 7), .softmax])
    #expect(try layers([], loss: .squaredError) == [.affine(outputs: 7), .softmax])
    #expect(try layers([], loss: .binaryCrossEntropy) == [.affine(outputs: 7), .sigmoid])
    let words = ["--network", "conv(2,3) relu dense(7)"]
    let written: [LayerSpecification] = [.convolution(filters: 2, kernelSize: 3), .relu, .affine(outputs: 7)]
    #expect(try layers(words) == written + [.softmax])
    #expect(try layers(["--network", "conv(2,3) relu dense(7) softmax"]) == written + [.softmax])
    #expect(try layers(words, loss: .squaredError) == written)
    #expect(try layers(words, loss: .binaryCrossEntropy) == written + [.sigmoid])
  }

  @Test func initializersFollowFromTheOptions() throws {
    func initializer(_ arguments: [String]) throws -> Initializer {
      let settings = try TrainingOptions.parse([]).settings(NetworkOptions.parse(arguments))
      return settings.initializer ?? settings.network.initializer
    }
    #expect(try initializer([]) == .he)
    #expect(try initializer(["--hidden", "3", "--activation", "sigmoid"]) == .xavier)
    #expect(try initializer(["--network", "dense(3) gelu dense(7)"]) == .he)
    #expect(try initializer(["--network", "dense(3) tanh dense(7)"]) == .xavier)
    #expect(
      try initializer(["--network", "dense(7)", "--initializer", "normal:0.5"]) == .normal(standardDeviation: 0.5))
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
