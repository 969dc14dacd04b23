import BinaryIO
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
  let version: FormatVersion?
  let topology: Topology?
  /// The tensors to show.
  let tensors: [InspectedTensor]
  /// All tensors of the file, shown or not.
  let allTensors: [TensorDescription]
  let history: TrainingHistory
  let metadata: Attributes
  let findings: [StructuralCheck.Finding]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - tensorName: show only that tensor, and read no other.
  ///   - withStatistics: false leaves all weights unread.
  init(path: String, tensorName: String?, withStatistics: Bool) throws {
    let reader = try ModelReader(path: path)
    let selected = try tensorName.map { [try reader.description(ofTensorNamed: $0)] } ?? reader.tensors
    self.path = path
    fileSize = reader.fileSize
    format = reader.format
    version = reader.version
    topology = reader.topology
    history = reader.history
    metadata = reader.metadata
    allTensors = reader.tensors
    var counts: [ByteName: Int] = [:]
    for tensor in reader.tensors { counts[ByteName(tensor.name)] = tensor.count }
    parameterCounts = (reader.topology?.layers ?? []).map { layer in
      layer.parameters.filter { !Inspection.measuredRoles.contains($0.role) }
        .reduce(0) { $0 &+ (counts[ByteName($1.tensor)] ?? 0) }
    }
    findings = StructuralCheck.findings(topology: reader.topology, tensors: reader.tensors)
    let statistics = withStatistics ? try TensorStatistics.all(of: selected, in: reader) : []
    tensors = selected.enumerated().map { place, tensor in
      InspectedTensor(
        description: tensor, storedBytes: reader.storedByteCount(of: tensor),
        statistics: withStatistics ? statistics[place] : nil)
    }
    // What is not shown is verified all the same, unless the caller asked for less than the whole file.
    if withStatistics && tensorName == nil { _ = try reader.unknownSections() }
  }

  /// The number of parameters of each layer: the elements of its tensors, without those that training measures
  /// rather than learns.
  let parameterCounts: [Int]

  private static let measuredRoles: Set<String> = ["running_mean", "running_variance"]

  /// The parameters of all layers together.
  var parameterCount: Int { parameterCounts.reduce(0, &+) }
}
