import BinaryIO
import LayerKinds
import ModelExchange
import ModelFormat
import ModelInspection

/// Everything that `inspect` shows of a file, whatever the form.
struct Inspection {
  struct InspectedTensor {
    let description: TensorDescription
    let storedBytes: Int
    /// nil when no statistics were asked for.
    let statistics: TensorStatistics?
  }

  let path: String
  let fileSize: Int
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

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - tensorName: show only that tensor, and read no other.
  ///   - withStatistics: false leaves all weights unread.
  init(path: String, tensorName: String?, withStatistics: Bool) throws {
    let file = try ModelFiles.open(path)
    let selected = try tensorName.map { [try file.description(ofTensorNamed: $0)] } ?? file.tensors
    self.path = path
    fileSize = file.fileSize
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
    findings = StructuralCheck.findings(topology: file.topology, tensors: file.tensors).mostSeriousFirst()
    let statistics = withStatistics ? try TensorStatistics.all(of: selected, in: file) : []
    tensors = selected.enumerated().map { place, tensor in
      InspectedTensor(
        description: tensor, storedBytes: file.storedByteCount(of: tensor),
        statistics: withStatistics ? statistics[place] : nil)
    }
    // What is not shown is verified all the same, unless the caller asked for less than the whole file.
    if withStatistics && tensorName == nil { _ = try file.copyableSections() }
  }

  /// The number of parameters of each layer: the elements of its tensors, without those that training measures
  /// rather than learns.
  let parameterCounts: [Int]

  /// The parameters of all layers together.
  var parameterCount: Int { parameterCounts.reduce(0, &+) }
}
