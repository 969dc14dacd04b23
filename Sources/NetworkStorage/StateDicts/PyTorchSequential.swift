import BinaryIO
public import ModelFormat
import NeuralNetwork

/// A network as PyTorch's `nn.Sequential` has it: names and shapes of its state dict, and the Python that makes it.
public struct PyTorchSequential: Sendable {
  private let source: any ModelSource
  private let topology: Topology
  private let modules: PyTorchModules
  private let architecture: Architecture<Float>

  /// - Parameter source: a model whose network can be built.
  /// - Throws: `NetworkStorageError` as `Network.init(_:threads:)` does.
  public init(_ source: any ModelSource) throws(NetworkStorageError) {
    let stored = try StoredNetwork<Float>(source.contents)
    guard let topology = source.contents.parts.topology else {
      throw NetworkStorageError(
        code: .noTopology, place: source.name, expected: "a topology", found: "only tensors")
    }
    self.source = source
    self.topology = topology
    architecture = stored.architecture
    modules = PyTorchModules(architecture.placedLayers)
  }

  /// The tensors of the layers under the names `0.weight`, `0.bias` …, those of dense layers transposed; history and
  /// metadata stay, the topology is left out: its names and shapes are no longer those of the tensors. O(number of weights)
  /// time and memory.
  ///
  /// - Throws: any error of the source.
  public func model() throws(ModelFormatError) -> Model {
    var tensors: [Tensor] = []
    for (index, module) in modules.modules.enumerated() {
      guard let layer = module.layer else { continue }
      for parameter in topology.layers[layer.index].parameters {
        let stored = PyTorchTensor(parameter.role, of: layer.specification.layerKind)
        for tensor in try source.tensors(named: [parameter.tensor]) {
          let values = stored.isTransposed ? try tensor.transposed() : tensor
          let description = try TensorDescription(
            name: "\(index).\(stored.role)", dataType: values.dataType, shape: values.shape)
          tensors.append(try Tensor(description, bytes: values.bytes))
        }
      }
    }
    let parts = source.contents.parts
    return try Model(topology: nil, tensors: tensors, history: parts.history, metadata: parts.metadata)
  }

  /// The words for nnkit's `convert --network` that make the same network of it again.
  public var networkText: String { NetworkText.text(of: architecture.specifications) }

  /// What is done to raw input values before the first layer.
  public var preprocessing: Preprocessing { topology.preprocessing }

  /// The shape of one sample.
  public var inputShape: [Int] { topology.inputShape }

  /// The lines of Python that make the network and load a file of `model()`.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - isArchive: whether it is one of NumPy's `.npz`; otherwise it is one of safetensors.
  public func python(path: String, isArchive: Bool) -> [String] {
    let name = PyTorchSequential.literal(path)
    var lines = isArchive ? ["import numpy, torch"] : ["import torch"]
    lines.append("from torch import nn")
    if !isArchive { lines.append("from safetensors.torch import load_file") }
    lines.append("model = nn.Sequential(")
    lines += modules.modules.map { "    \($0.code)," }
    lines.append(")")
    let weights =
      isArchive
      ? "{k: torch.from_numpy(v) for k, v in numpy.load(\(name)).items() if k[0].isdigit()}" : "load_file(\(name))"
    lines.append("model.load_state_dict(\(weights))")
    lines.append("model.eval()")
    let shape = (["n"] + topology.inputShape.map(String.init)).joined(separator: ", ")
    let preprocessing = topology.preprocessing
    let scaled =
      preprocessing == .identity ? "x" : "x * \(preprocessing.scale) + \(preprocessing.offset)"
    lines.append("# x: float32 values of shape [\(shape)], as they are in the data file")
    lines.append("# y = model(\(scaled))")
    return lines
  }

  /// A text as Python writes it.
  private static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\\(scalar)"
      case "\u{20}"..."\u{7E}": literal.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        literal += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return literal + "\""
  }
}
