import ModelFormat
import NetworkRuns
import NeuralNetwork
import TestSupport
import Testing

@testable import ModelInspection

/// Networks that learned something, of every kind, with which nothing is wrong.
struct HealthyNetworksTests {
  struct Case: Sendable, CustomStringConvertible {
    let network: String
    var samples = "digits"
    var optimizer = Optimizer.momentum(0.9)
    var learningRate: Double?
    var epochs = 6
    var description: String { "\(samples): \(network)" }
  }

  static let cases = [
    Case(network: "dense(32) sigmoid dense(10)", learningRate: 0.5),
    Case(network: "dense(32) relu dense(10)"),
    Case(network: "dense(64) relu dense(32) relu dense(10)"),
    Case(network: "dense(24) tanh dense(16) tanh dense(10)"),
    Case(network: "dense(48) relu dropout(0.3) dense(10)", optimizer: .adam()),
    Case(network: "conv(6,3) relu maxpool(2) flatten dense(10)", epochs: 3),
    Case(network: "conv(6,3,1,1) batchnorm relu maxpool(2) conv(8,3) batchnorm relu flatten dense(10)", epochs: 3),
    Case(network: "dense(40) batchnorm gelu dense(20) silu dense(10)", optimizer: .adamw()),
    Case(network: "dense(10)", learningRate: 0.1),
    Case(network: "dense(24) tanh dense(1)", samples: "sine", optimizer: .adam(), learningRate: 0.01, epochs: 20),
    Case(network: "dense(32) relu dense(16) relu dense(1)", samples: "sine", optimizer: .adam(), epochs: 20),
  ]

  @Test(arguments: cases)
  func `A healthy network has no warning and no error`(_ healthy: Case) throws {
    let data = try TrainingData(folder: Repository.path("samples/\(healthy.samples)"))
    var settings = TrainingSettings(
      network: .layers(try NetworkText(healthy.network)), duration: .epochs(healthy.epochs), seed: 7)
    settings.optimizer = healthy.optimizer
    settings.learningRate = healthy.learningRate
    settings.batchSize = 20
    settings.validationShare = 0.1
    let model = try TrainingRun(TrainingPlan(data, settings)).run().model
    let statistics = try TensorStatistics.all(of: model.contents.tensors, in: model)
    let history = model.history
    let findings =
      try ModelFindings.findings(of: model, statistics: statistics)
      + StructuralCheck.findings(topology: model.topology, tensors: model.contents.tensors)
      + HistoryFindings.findings(
        training: history[.loss], validation: history[.validationLoss], test: history[.testLoss])
    #expect(findings.filter { $0.severity < .note } == [])
  }
}
