import ModelFormat
import NetworkRuns

let data = try TrainingData(folder: "samples/digits")
var settings = TrainingSettings(network: .hidden([64, 32]), duration: .epochs(20), seed: 1)
settings.batchSize = 10
let run = try TrainingRun(TrainingPlan(data, settings))
let trained = try run.run { print($0.epoch, $0.loss, $0.testAccuracy ?? 0) }
try trained.model.save(to: "digits.nnk")
