import ModelFormat
import TestSupport

@testable import ModelInspection

/// Networks with weights at random and no faults, into which tests plant some.
struct PlantedModel {
  var topology: Topology
  /// Values by the name of the tensor, and shapes.
  var values: [String: [Double]] = [:]
  var shapes: [String: [Int]] = [:]
  private var names: [String] = []
  private var random = SplitMix64(seed: 11)

  /// 20 inputs, 12 ReLU units, 8 sigmoid units, 3 outputs.
  static func dense() -> PlantedModel {
    var model = PlantedModel(topology: Topology(inputShape: [20], layers: []))
    model.add("affine", "affine1", [12], ["outputs": 12], ["weight": [20, 12], "bias": [12]])
    model.add("relu", "relu1", [12])
    model.add("affine", "affine2", [8], ["outputs": 8], ["weight": [12, 8], "bias": [8]])
    model.add("sigmoid", "sigmoid1", [8])
    model.add("affine", "affine3", [3], ["outputs": 3], ["weight": [8, 3], "bias": [3]])
    model.add("softmax", "softmax1", [3])
    return model
  }

  /// An image of 10 × 10, 5 filters of 3 × 3 with normalisation and pooling, 6 filters of 2 × 2 over those, 4 outputs.
  static func convolutional() -> PlantedModel {
    var model = PlantedModel(topology: Topology(inputShape: [10, 10], layers: []))
    let kernel: Attributes = ["filters": 5, "kernel_size": 3, "stride": 1, "padding": 0]
    model.add("conv", "conv1", [5, 8, 8], kernel, ["weight": [5, 1, 3, 3], "bias": [5]])
    let normalization: Attributes = ["momentum": 0.1, "epsilon": 1e-5]
    model.add(
      "batchnorm", "batchnorm1", [5, 8, 8], normalization,
      ["weight": [5], "bias": [5], "running_mean": [5], "running_variance": [5]])
    model.add("relu", "relu1", [5, 8, 8])
    model.add("maxpool", "maxpool1", [5, 4, 4], ["size": 2, "stride": 2])
    let second: Attributes = ["filters": 6, "kernel_size": 2, "stride": 1, "padding": 0]
    model.add("conv", "conv2", [6, 3, 3], second, ["weight": [6, 5, 2, 2], "bias": [6]])
    model.add("tanh", "tanh1", [6, 3, 3])
    model.add("dropout", "dropout1", [6, 3, 3], ["rate": 0.2])
    model.add("flatten", "flatten1", [54])
    model.add("affine", "affine1", [4], ["outputs": 4], ["weight": [54, 4], "bias": [4]])
    model.add("softmax", "softmax1", [4])
    return model
  }

  private mutating func add(
    _ kind: String, _ name: String, _ output: [Int], _ attributes: Attributes = [:], _ tensors: [String: [Int]] = [:]
  ) {
    var parameters: [LayerDescription.Parameter] = []
    for (role, shape) in tensors.sorted(by: { $0.key < $1.key }) {
      let (tensor, count) = ("\(name).\(role)", shape.reduce(1, *))
      let width = (Double(shape[0]) / 3).squareRoot()
      values[tensor] = (0..<count).map { _ in Double.random(in: -1...1, using: &random) / width }
      shapes[tensor] = shape
      names.append(tensor)
      parameters.append(LayerDescription.Parameter(role: role, tensor: tensor))
    }
    topology.layers.append(
      LayerDescription(
        kind: kind, name: name, outputShape: output, attributes: attributes, parameters: parameters))
  }

  private init(topology: Topology) { self.topology = topology }

  /// Changes a value at coordinates.
  subscript(_ tensor: String, _ coordinates: Int...) -> Double {
    get { values[tensor, default: []][place(tensor, coordinates)] }
    set { values[tensor, default: []][place(tensor, coordinates)] = newValue }
  }

  private func place(_ tensor: String, _ coordinates: [Int]) -> Int {
    zip(shapes[tensor, default: []], coordinates).reduce(0) { $0 * $1.0 + $1.1 }
  }

  func model(withTopology: Bool = true) throws -> Model {
    try Model(
      topology: withTopology ? topology : nil,
      tensors: names.map { try Tensor(name: $0, shape: shapes[$0] ?? [], values: values[$0] ?? []) })
  }

  /// What is found, as from a file.
  func findings(withTopology: Bool = true, threads: Int? = nil) throws -> [Finding] {
    let model = try model(withTopology: withTopology)
    let statistics = try TensorStatistics.all(of: model.contents.tensors, in: model)
    return try ModelFindings.findings(of: model, statistics: statistics, threads: threads)
  }
}
