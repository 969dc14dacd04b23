import BinaryIO
import LayerKinds
import ModelExchange
import ModelFormat
import ModelInspection
import NetworkInspection
import NetworkRuns

/// Everything that `inspect` shows of a file, whatever the form.
struct Inspection {
  struct InspectedTensor {
    let description: TensorDescription
    /// Its place in the file.
    let place: Int
    let storedBytes: Int
    /// nil when no statistics were asked for, or its encoding has no numbers.
    let statistics: TensorStatistics?
    /// nil for what is no matrix, and where spectra would take too long and were not asked for.
    let spectrum: Spectrum?
  }

  /// What to look at.
  struct Request {
    var selection = TensorSelection()
    var order: TensorOrder?
    /// Without them all weights stay unread.
    var withStatistics = true
    /// Spectra also where they take their time.
    var withSpectra = false
    /// What to run the network on; nil for nothing.
    var samples: InspectedNetwork.Samples?
  }

  let path: String
  let fileSize: Int
  /// How many files the model is made of.
  let fileCount: Int
  let format: FileFormat
  /// nil for formats without versions.
  let version: String?
  let topology: Topology?
  /// The tensors to show.
  let tensors: [InspectedTensor]
  /// All tensors of the file, shown or not.
  let allTensors: [TensorDescription]
  let history: TrainingHistory
  let metadata: Attributes
  /// The most serious first.
  let findings: [Finding]
  /// nil where no samples were given.
  let activations: ActivationReport?
  /// Why there are no spectra where they were not asked for and something stands in their way; nil otherwise.
  let spectrumHindrance: String?
  /// The number of parameters of each layer: the elements of its tensors, without those that training measures
  /// rather than learns.
  let parameterCounts: [Int]

  /// Reads a file.
  init(path: String, _ request: Request) throws {
    try self.init(try ModelFiles.open(path), path: path, request)
  }

  /// Reads what an open file holds.
  init(_ file: any ModelFile, path: String, _ request: Request) throws {
    let places = try request.selection.places(in: file)
    let selected = places.map { file.tensors[$0] }
    self.path = path
    fileSize = file.fileSize
    fileCount = file.fileCount
    format = file.format
    version = file.versionText
    topology = file.topology
    history = file.history
    metadata = file.metadata
    allTensors = file.tensors
    var counts: [ByteName: Int] = [:]
    for tensor in file.tensors { counts[ByteName(tensor.name)] = tensor.count }
    parameterCounts = (file.topology?.layers ?? []).map { layer in
      layer.parameters.filter { !LayerKind.measuredRoles.contains($0.role) }
        .reduce(0) { $0 &+ (counts[ByteName($1.tensor)] ?? 0) }
    }
    // Statistics, spectra, findings and the network want the same values.
    let held = HeldSource(file, byteCount: Inspection.heldSize(of: file.tensors))
    let statistics = request.withStatistics ? try TensorStatistics.ofNumbers(of: selected, in: held) : []
    let spectra = request.withStatistics ? try InspectedSpectra(of: selected, in: held, request.withSpectra) : nil
    spectrumHindrance = spectra?.hindrance
    let inspected = places.enumerated().map { number, place in
      InspectedTensor(
        description: selected[number], place: place, storedBytes: file.storedByteCount(at: place),
        statistics: request.withStatistics ? statistics[number] : nil, spectrum: spectra?.all[number])
    }
    var findings = StructuralCheck.findings(topology: file.topology, tensors: file.tensors)
    // What follows from values needs those of all tensors.
    if request.withStatistics && request.selection.isAll {
      findings += try ModelFindings.findings(of: held, statistics: statistics)
      let network = try InspectedNetwork(held, samples: request.samples)
      findings += network.findings
      activations = network.activations
    } else {
      activations = nil
    }
    findings += Inspection.historyFindings(file)
    self.findings = findings.mostSeriousFirst()
    tensors = request.order.map { Inspection.sorted(inspected, by: $0) } ?? inspected
    // What is not shown is verified all the same, unless the caller asked for less than the whole file.
    if request.withStatistics && request.selection.isAll { _ = try file.copyableSections() }
  }

  private static func historyFindings(_ file: any ModelFile) -> [Finding] {
    let summary = RunSummary(history: file.history, metadata: file.metadata)
    return HistoryFindings.findings(
      training: file.history[.loss], validation: file.history[.validationLoss], test: file.history[.testLoss],
      weightsOfEpoch: summary.weightsEpoch)
  }

  /// How many bytes of values are held. Models for which a network is built are decoded once; of larger ones, for which
  /// statistics need memory of their own, only small tensors are held.
  private static func heldSize(of tensors: [TensorDescription]) -> Int {
    InspectedNetwork.isSmall(tensors) ? InspectedNetwork.largestNetwork : 1 << 23
  }

  /// The parameters of all layers together.
  var parameterCount: Int { parameterCounts.reduce(0, &+) }

  /// What the run reached.
  var summary: RunSummary { RunSummary(history: history, metadata: metadata) }

  /// The elements and the bytes of values of all tensors of the file.
  var totals: (elements: Int, bytes: Int) {
    allTensors.reduce((0, 0)) { ($0.0 &+ $1.count, $0.1 &+ $1.encodedByteCount) }
  }
}
