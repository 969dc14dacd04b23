import BinaryIO
package import ModelFormat
import TestSupport

/// What a command is given: a model, the same model with other values, and inputs with their labels. Every model runs.
package struct Sample {
  package var inputShape = [2]
  package var outputs = 2
  package var layers: [LayerDescription] = []
  package var classNames: [String] = []
  package var tensors: [Tensor] = []
  package var columns: [TrainingHistory.Column] = []
  package var metadata = Attributes()
  package var state: TrainingState?
  package var sections: [UnknownSection] = []
  package var samples = 8
  package var classes = 2
  /// Which of the two models it is: 1 is the one that `diff` compares with.
  package let variant: Int
  /// The bytes of a model's file in a format, in place of the model above; nil where the format has no such file.
  package var file: ((FileFormat) throws -> [UInt8]?)?

  package init(variant: Int = 0) { self.variant = variant }

  package func model() throws -> Model {
    let inputs = inputShape.reduce(1, *)
    var random = SplitMix64(seed: UInt64(variant + 1))
    let weights = (0..<inputs * outputs).map { _ in Float(random.next() % 2048) / 1024 - 1 }
    let network = [
      try Tensor(name: "affine.weight", shape: [inputs, outputs], values: weights),
      try Tensor(name: "affine.bias", shape: [outputs], values: [Float](repeating: 0, count: outputs)),
    ]
    var front = layers
    if inputShape.count > 1 { front.append(LayerDescription(kind: "flatten", name: "flatten", outputShape: [inputs])) }
    let end = [
      LayerDescription(
        kind: "affine", name: "affine", outputShape: [outputs], attributes: ["outputs": .integer(outputs)],
        parameters: [
          LayerDescription.Parameter(role: "weight", tensor: "affine.weight"),
          LayerDescription.Parameter(role: "bias", tensor: "affine.bias"),
        ]),
      LayerDescription(kind: "softmax", name: "softmax", outputShape: [outputs]),
    ]
    let topology = Topology(
      inputShape: inputShape, preprocessing: Preprocessing(scale: 1 / 255, offset: 0), layers: front + end,
      loss: "cross-entropy", classNames: classNames)
    var model = try Model(
      topology: topology, tensors: network + tensors, history: TrainingHistory(columns: columns), metadata: metadata,
      trainingState: state)
    model.unknownSections = sections
    return model
  }

  /// An IDX file of bytes.
  package func inputs() -> [UInt8] {
    var random = SplitMix64(seed: 7)
    return idxBytes(
      type: 8, dimensions: ([samples] + inputShape).map { UInt32($0) },
      data: random.bytes(samples * inputShape.reduce(1, *)))
  }

  /// An IDX file of 32-bit integers, the greatest label among them.
  package func labels() -> [UInt8] {
    var writer = ByteWriter()
    for index in 0..<samples { writer.writeBigEndian(Int32(index == 0 ? classes - 1 : index % classes)) }
    return idxBytes(type: 12, dimensions: [UInt32(samples)], data: writer.bytes)
  }
}
