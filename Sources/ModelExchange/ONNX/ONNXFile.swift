import BinaryIO
import ModelFormat

/// An ONNX file, opened: its messages are read, the values of its tensors are not.
struct ONNXFile: ModelFile {
  private let source: any RandomAccessSource
  private let entries: [PresentedTensor]

  let contents: ModelContents
  let versionText: String?

  var name: String { source.name }
  var format: FileFormat { .onnx }
  var fileSize: Int { source.byteCount }

  /// Whether a file is one of ONNX, sound or not.
  ///
  /// The format has no signature. All files begin with the version of the format, and go on with a field that a model
  /// has; files of Core ML have a message there where ONNX has text.
  static func recognises(_ start: [UInt8]) -> Bool {
    guard start.count >= 4, start[0] == 0x08, 2..<0x80 ~= start[1] else { return false }
    switch start[2] {
    // Texts: the producer and its version, a domain, a description.
    case 0x12, 0x1A, 0x22, 0x32: return start[3] == 0 || start.count > 4 && start[4] >= 0x20
    // The version of the model, a graph, a set of operators.
    case 0x28, 0x3A, 0x42: return true
    // A property.
    case 0x72: return start.count > 4 && start[4] == 0x0A
    default: return false
    }
  }

  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    self.source = source
    let model = try ModelMessage(source, limits: limits)
    let stored = try ONNXFile.tensors(of: model.graph, source, limits)
    versionText = model.versionText
    let parts = try SafetensorsParts(model.properties, limits: limits)
    let isOurs = ByteName(model.producer) == ByteName(ModelMessage.ownProducer)
    if isOurs, ONNXFile.fits(parts.parts.topology, stored) {
      entries = stored
      contents = try ModelContents(parts.parts, tensors: entries.map(\.description))
      return
    }
    var all = parts.parts
    var obstacle: String?
    do throws(GraphMisfit) {
      let constants = GraphConstants(source, stored, model.graph.nodes)
      let network = try GraphRecognition(model.graph, constants, version: model.operatorVersion ?? 1).network
      all.topology = network.topology
      entries = network.tensors
    } catch {
      all.topology = nil
      entries = stored
      obstacle = error.reason
    }
    for (name, value) in model.metadata(obstacle: obstacle) where all.metadata[name] == nil {
      all.metadata[name] = value
    }
    contents = try ModelContents(all, tensors: entries.map(\.description))
  }

  /// Whether the tensors of a topology of ours are all there still: another program may have changed the graph.
  private static func fits(_ topology: Topology?, _ tensors: [PresentedTensor]) -> Bool {
    let names = Set(tensors.map { ByteName($0.description.name) })
    return (topology?.layers ?? []).allSatisfy { layer in
      layer.parameters.allSatisfy { names.contains(ByteName($0.tensor)) }
    }
  }

  private static func tensors(
    of graph: GraphMessage, _ source: any RandomAccessSource, _ limits: DecodingLimits
  ) throws(ModelFormatError) -> [PresentedTensor] {
    var total = 0
    var tensors: [PresentedTensor] = []
    for message in graph.tensors {
      guard let tensor = try PresentedTensor(message) else { continue }
      guard let sum = CheckedArithmetic.sum(total, tensor.description.byteCount), sum <= limits.totalTensorSize else {
        throw ModelFormatError(
          .limitExceeded, section: "GraphProto", tensor: message.name,
          expected: "at most \(limits.totalTensorSize) bytes of tensors", found: "more")
      }
      total = sum
      try message.checkExternal(of: source)
      tensors.append(tensor)
    }
    return tensors
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues { try entries[place].values(in: source) }

  func encodedValues(at place: Int) throws(ModelFormatError) -> any TensorValues {
    try entries[place].encodedValues(in: source)
  }

  func storedByteCount(at place: Int) -> Int { entries[place].byteCountInFile }
}
