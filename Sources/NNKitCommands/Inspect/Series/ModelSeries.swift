import BinaryIO
import Formatting
import LayerKinds
import ModelExchange
import ModelFormat
import ModelInspection
import NetworkRuns
import NeuralNetwork

/// Several models beside one another: what each reached, in which settings they differ, and what changed over them where
/// their tensors agree.
struct ModelSeries {
  struct Member {
    let path: String
    let summary: RunSummary
    let parameters: Int
    let metadata: Attributes
    let history: TrainingHistory
    /// The layers in short: `affine 64, relu, affine 10`.
    let architecture: String

    /// The epoch that it was saved after, where that is known.
    var epoch: Int? { summary.weightsEpoch }
    /// The loss that models are compared by.
    var loss: (column: HistoryColumn, value: Double)? {
      [HistoryColumn.testLoss, .validationLoss, .loss].lazy.compactMap { column in
        summary.values[column].map { (column, $0) }
      }.first
    }
  }

  /// In the order in which they were given.
  let members: [Member]
  /// The tensors that all have alike.
  let tensors: [TensorSeries]
  /// Whether these are all tensors of all models, as those of one run are.
  let haveAllTensorsAlike: Bool
  /// How many units of each model are dead, are not used or never fire; none unless all tensors are alike.
  let silentUnits: [Int]

  init(paths: [String], withStatistics: Bool) throws {
    let files = try paths.map { try ModelFiles.open($0, dropping: [.trainingState]) }
    members = zip(paths, files).map { Member(path: $0, $1) }
    let common = withStatistics ? try TensorSeries.common(to: files) : []
    tensors = common
    let areAlike = !common.isEmpty && files.allSatisfy { $0.tensors.count == common.count }
    haveAllTensorsAlike = areAlike
    silentUnits = areAlike ? try ModelSeries.silentUnits(of: files, common) : []
  }

  private static func silentUnits(of files: [any ModelFile], _ tensors: [TensorSeries]) throws -> [Int] {
    let places = Dictionary(uniqueKeysWithValues: tensors.enumerated().map { (ByteName($1.name), $0) })
    return try files.enumerated().map { number, file in
      let statistics = file.tensors.compactMap { places[ByteName($0.name)].map { tensors[$0].statistics[number] } }
      let findings =
        try ModelFindings.findings(of: file, statistics: statistics) + InspectedNetwork(file, samples: nil).findings
      return findings.reduce(0) { sum, finding in
        guard [.deadUnits, .unusedUnits, .neverFires].contains(finding.code),
          case .integer(let count) = finding.evidence["count"]
        else { return sum }
        return sum + count
      }
    }
  }

  /// The members, the best first: by accuracy, else by loss; those without either last, as they were given.
  var ranked: [Member] {
    // More is better; a loss that is no number is worse than any.
    let keys = members.map { member in
      (member.summary.accuracy?.value ?? -1, member.loss.map { $0.value.isNaN ? -.infinity : -$0.value } ?? -.infinity)
    }
    return members.indices.sorted { (keys[$0].0, keys[$0].1, $1) > (keys[$1].0, keys[$1].1, $0) }.map { members[$0] }
  }

  /// Whether a member's accuracy cannot be told from that of the best one: each lies in the interval of the other.
  func isLikeBest(_ member: Member) -> Bool? {
    guard let best = ranked.first?.summary.accuracy, let own = member.summary.accuracy,
      let interval = own.interval, let bestInterval = best.interval
    else { return nil }
    return interval.upper >= best.value && bestInterval.lower <= own.value
  }

  /// The names of the settings that are not the same in all members, in order.
  var differingSettings: [String] {
    var names: Set<ByteName> = []
    for member in members {
      for entry in member.metadata.entries where !RunMetadata.isResult(entry.name) {
        names.insert(ByteName(entry.name))
      }
    }
    return names.sorted().map(\.text).filter { name in
      let first = members.first?.metadata[name]
      return members.contains { $0.metadata[name] != first }
    }
  }

  /// Whether all have the same layers.
  var haveOneArchitecture: Bool { Set(members.map { ByteName($0.architecture) }).count == 1 }
}

extension ModelSeries.Member {
  init(path: String, _ file: any ModelFile) {
    self.path = path
    summary = RunSummary(history: file.history, metadata: file.metadata)
    metadata = file.metadata
    history = file.history
    var counts: [ByteName: Int] = [:]
    for tensor in file.tensors { counts[ByteName(tensor.name)] = tensor.count }
    if let topology = file.topology {
      parameters = topology.layers.flatMap(\.parameters).filter { !LayerKind.measuredRoles.contains($0.role) }
        .reduce(0) { $0 &+ (counts[ByteName($1.tensor)] ?? 0) }
      architecture = Text.listed(
        topology.layers.map { $0.parameters.isEmpty ? $0.kind : "\($0.kind) \(Text.shape($0.outputShape))" },
        separator: ", ", as: Text.short)
    } else {
      parameters = file.tensors.reduce(0) { $0 &+ $1.count }
      architecture = Text.counted(file.tensors.count, "tensor")
    }
  }
}
