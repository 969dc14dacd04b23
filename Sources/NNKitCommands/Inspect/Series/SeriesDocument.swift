import BinaryIO
import ModelFormat
import ModelInspection
import NetworkRuns
import NeuralNetwork

/// The JSON form of several models (schema 1). Property names become snake case.
struct SeriesDocument: Encodable {
  struct Interval: Encodable {
    let lower: Double
    let upper: Double
  }

  struct Member: Encodable {
    let file: String
    let epoch: Int?
    let epochs: Int
    let bestEpoch: Int?
    let accuracy: Double?
    let accuracyOf: String?
    let accuracyInterval: Interval?
    let loss: Double?
    let lossOf: String?
    let parameters: Int
    let architecture: String
    /// Units that are dead, are not used or never fire, where all tensors are alike.
    let silentUnits: Int?
    /// Those that are not the same in all.
    let settings: AttributesJSON
  }

  struct Tensor: Encodable {
    let name: String
    let dtype: String
    let shape: [Int]
    let l2Norm: [Double]
    let relativeChange: [Double?]
    let minimum: [Double?]
    let maximum: [Double?]
    let mean: [Double?]
    let standardDeviation: [Double?]
    let zeros: [Int]
  }

  let schema = 1
  /// In the order in which they were given.
  let series: [Member]
  let tensors: [Tensor]
  /// That of the longest run.
  let history: SeriesJSON

  init(_ models: ModelSeries) {
    let settings = Set(models.differingSettings.map { ByteName($0) })
    series = models.members.enumerated().map { number, member in
      let (summary, accuracy) = (member.summary, member.summary.accuracy)
      return Member(
        file: member.path, epoch: member.epoch, epochs: summary.epochs, bestEpoch: summary.bestEpoch,
        accuracy: accuracy?.value, accuracyOf: accuracy?.column.rawValue,
        accuracyInterval: accuracy?.interval.map { Interval(lower: $0.lower, upper: $0.upper) },
        loss: member.loss?.value, lossOf: member.loss?.column.rawValue, parameters: member.parameters,
        architecture: member.architecture,
        silentUnits: models.silentUnits.isEmpty ? nil : models.silentUnits[number],
        settings: AttributesJSON(
          attributes: Attributes(
            canonical: member.metadata.entries.filter { settings.contains(ByteName($0.name)) })))
    }
    tensors = models.tensors.map { tensor in
      let statistics = tensor.statistics
      return Tensor(
        name: tensor.name, dtype: tensor.description.typeName, shape: tensor.description.shape,
        l2Norm: statistics.map(\.l2Norm), relativeChange: tensor.relativeChanges, minimum: statistics.map(\.minimum),
        maximum: statistics.map(\.maximum), mean: statistics.map(\.mean),
        standardDeviation: statistics.map(\.standardDeviation), zeros: statistics.map(\.zeros))
    }
    let longest = models.members.max { $0.history.epochs < $1.history.epochs }
    history = SeriesJSON(columns: longest?.history.columns ?? [])
  }
}
