import BinaryIO
import ModelFormat

/// Writes a model as an ONNX file: its tensors, its network as a graph where it has one, and everything else as
/// properties.
///
/// Lengths stand before what they are of: all of them are known before the first byte is written, and no more than a few
/// pieces of a tensor are held in memory.
struct ONNXWriter {
  /// What programs with Protocol Buffers read at most.
  static let largestFile = Int(Int32.max)

  private let source: any ModelSource
  private let contents: ModelContents
  private let types: [ONNXType]
  private let network: NetworkGraph?
  private let largestFile: Int

  /// - Parameter largestFile: how large the file may be.
  /// - Throws: `unsupported` for a layer or an element type that ONNX has not got; `invalidField` for a network that
  ///   contradicts itself.
  init(
    _ source: any ModelSource, largestFile: Int = ONNXWriter.largestFile
  ) throws(ModelFormatError) {
    self.source = source
    self.largestFile = largestFile
    contents = source.contents
    types = contents.tensors.map { ONNXType($0) }
    for (tensor, type) in zip(contents.tensors, types) where !tensor.hasNumbers && !ONNXWriter.keeps(tensor, as: type) {
      throw ModelFormatError(
        .unsupported, tensor: tensor.name, expected: "elements of a type that ONNX has, or numbers",
        found: tensor.typeName, advice: "leave the tensor out, or store it with another type of elements first")
    }
    let contents = contents
    network = try contents.parts.topology.map { (topology) throws(ModelFormatError) in
      try NetworkGraph(topology, contents)
    }
  }

  /// Whether the stored bytes of a tensor are what a file has; otherwise its numbers are.
  private static func keeps(_ tensor: TensorDescription, as type: ONNXType) -> Bool {
    guard case .encoded? = type.element else { return tensor.encoding == nil }
    return true
  }

  /// Writes the whole file to a sink, which it gives back.
  ///
  /// - Parameter threads: how many threads read and decode.
  /// - Throws: `limitExceeded` for a file that would be larger than programs read, before anything is written; any error
  ///   of the source.
  func write<Sink: ByteSink & ~Copyable>(to sink: consuming Sink, threads: Int) throws(ModelFormatError) -> Sink {
    let texts = SafetensorsParts(contents.parts, tensorNames: []).texts
    let tensors = try contents.tensors.indices.map { (place) throws(ModelFormatError) in try head(ofTensorAt: place) }
    var (before, after) = (WireWriter(), WireWriter())
    writeNodes(to: &before)
    writeValues(to: &after)
    var graph = before.bytes.count + after.bytes.count
    for tensor in tensors { graph = try checked(graph + tensor.bytes.count, adding: tensor.byteCount) }
    let model = head(graphByteCount: graph)
    var tail = WireWriter()
    writeOperatorSet(to: &tail)
    let properties = texts.map { (head: head(of: $0), text: $0) }
    var total = try checked(model.count + tail.bytes.count, adding: graph)
    for property in properties {
      total = try checked(total + property.head.bytes.count, adding: property.head.byteCount)
    }

    var output = sink
    try write(model + before.bytes, to: &output)
    for (place, tensor) in tensors.enumerated() {
      try write(tensor.bytes, to: &output)
      try values(at: place).write(to: &output, threads: threads)
    }
    try write(after.bytes + tail.bytes, to: &output)
    for property in properties {
      try write(property.head.bytes, to: &output)
      var text = JSONText(output)
      property.text.write(to: &text)
      do throws(FileError) { output = try text.finish() } catch { throw ModelFormatError(error) }
    }
    return output
  }

  /// What stands before bytes that come from elsewhere, and how many these are.
  private struct Head {
    let bytes: [UInt8]
    let byteCount: Int
  }

  private func write<Sink: ByteSink & ~Copyable>(
    _ bytes: [UInt8], to sink: inout Sink
  ) throws(ModelFormatError) {
    do throws(FileError) { try sink.write(bytes) } catch { throw ModelFormatError(error) }
  }

  private func checked(_ size: Int, adding more: Int) throws(ModelFormatError) -> Int {
    guard let sum = CheckedArithmetic.sum(size, more), sum <= largestFile else {
      throw ModelFormatError(
        .limitExceeded, expected: "a model of at most \(largestFile) bytes, which is all that an ONNX file may have",
        found: "more", advice: "write .safetensors or .nnk, which may be of any size")
    }
    return sum
  }

  private func values(at place: Int) throws(ModelFormatError) -> any TensorValues {
    ONNXWriter.keeps(contents.tensors[place], as: types[place])
      ? try source.encodedValues(at: place) : try source.values(at: place)
  }
}

// The parts of a file.
extension ONNXWriter {
  /// The version of the format and the graph's beginning.
  private func head(graphByteCount: Int) -> [UInt8] {
    var model = WireWriter()
    model.integer(1, version.format)
    model.text(2, ModelMessage.ownProducer)
    model.header(7, byteCount: graphByteCount)
    return model.bytes
  }

  /// The oldest version that has everything that is used: programs that are years old read the files.
  private var version: ONNXVersion { types.map(\.version).max() ?? .written }

  private func writeOperatorSet(to model: inout WireWriter) {
    model.message(8) { set in
      set.text(1, "")
      set.integer(2, version.operators)
    }
  }

  private func writeNodes(to graph: inout WireWriter) {
    for node in network?.nodes ?? [] { graph.message(1) { node.write(to: &$0) } }
    graph.text(2, "network")
  }

  private func writeValues(to graph: inout WireWriter) {
    guard let network else { return }
    ONNXWriter.writeValue(11, network.inputName, network.inputShape, to: &graph)
    ONNXWriter.writeValue(12, network.outputName, network.outputShape, to: &graph)
  }

  /// Writes a `ValueInfoProto`: 32-bit floats of so many samples, each of this shape.
  private static func writeValue(_ field: Int, _ name: String, _ shape: [Int], to graph: inout WireWriter) {
    graph.message(field) { value in
      value.text(1, name)
      value.message(2) { type in
        type.message(1) { tensor in
          tensor.integer(1, ONNXType.float.rawValue)
          tensor.message(2) { dimensions in
            dimensions.message(1) { $0.text(2, "samples") }
            for dimension in shape { dimensions.message(1) { $0.integer(1, dimension) } }
          }
        }
      }
    }
  }

  /// The fields of a tensor before its values.
  private func head(ofTensorAt place: Int) throws(ModelFormatError) -> Head {
    let tensor = contents.tensors[place]
    let byteCount = ONNXWriter.keeps(tensor, as: types[place]) ? tensor.encodedByteCount : tensor.byteCount
    var inner = WireWriter()
    for dimension in tensor.shape { inner.integer(1, dimension) }
    inner.integer(2, types[place].rawValue)
    inner.text(8, tensor.name)
    inner.header(9, byteCount: byteCount)
    var outer = WireWriter()
    outer.header(5, byteCount: try checked(inner.bytes.count, adding: byteCount))
    outer.append(inner.bytes)
    return Head(bytes: outer.bytes, byteCount: byteCount)
  }

  /// The fields of a property before its text.
  private func head(of text: SafetensorsParts.Text) -> Head {
    var counting = JSONText(CountingSink())
    text.write(to: &counting)
    // Counting cannot fail.
    let byteCount = (try? counting.finish())?.count ?? 0
    var inner = WireWriter()
    inner.text(1, text.name)
    inner.header(2, byteCount: byteCount)
    var outer = WireWriter()
    outer.header(14, byteCount: inner.bytes.count + byteCount)
    outer.append(inner.bytes)
    return Head(bytes: outer.bytes, byteCount: byteCount)
  }
}
