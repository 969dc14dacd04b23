import BinaryIO
public import ModelFormat
import Threads

extension FileFormat {
  /// The format of ONNX: tensors, and a graph of operators that many programs run.
  ///
  /// A graph that is a chain of layers that we have becomes a topology; of any other the tensors remain, with a word
  /// on why in the metadata. What is written takes 32-bit floats, the raw values of samples, and has the preprocessing in
  /// the graph. Topology, history and metadata are properties, as in safetensors, where they are found again.
  public static let onnx = FileFormat(
    name: "onnx", title: "ONNX", extensions: ["onnx"], hasChecksums: false, isCompressible: false,
    keeps: [.topology, .metadata, .history], keepsSections: false, keepsEncoding: { ONNXType($0) != nil },
    recognises: { (start, _) in ONNXFile.recognises(start) },
    open: { (source, limits, _) throws(ModelFormatError) in try ONNXFile(source, limits: limits) },
    write: { (source, options, output) throws(ModelFormatError) in
      let writer: ONNXWriter
      do throws(ModelFormatError) { writer = try ONNXWriter(source) } catch { throw error.at(path: source.name) }
      return try writer.write(to: output, threads: options.threads ?? Processors.count)
    },
    note: { contents in
      guard let topology = contents.parts.topology else {
        return "the file has tensors and no graph to run, for the model has no topology"
      }
      let shape = (["samples"] + topology.inputShape.map(String.init)).joined(separator: ", ")
      return "the graph takes raw values as float32 [\(shape)]; it does the scaling itself"
    })
}
