package import ModelFormat
package import TestSupport

/// Models to write and read, the same ones in every run.
package enum SampleModels {
  /// A small model that has every kind of section.
  package static func complete() throws -> Model {
    var model = try Model(
      topology: topology(),
      tensors: [
        Tensor(name: "hidden.weight", shape: [2, 3], values: [1, -2, 3.5, -0.0, .infinity, 1e-20] as [Float]),
        Tensor(name: "hidden.bias", shape: [3], values: [0.25, -0.5, 0.125]),
        // Long and monotonous, so that it is compressed.
        Tensor(TensorDescription(name: "mask", dataType: .boolean, shape: [256]), bytes: mask()),
        Tensor(name: "empty", shape: [0, 4], values: [] as [Float]),
      ],
      history: history(), metadata: ["seed": 42, "note": "Größe 🧠", "rates": [0.1, 0.01], "resumed": false],
      trainingState: trainingState())
    model.unknownSections = [UnknownSection(type: try type("abCd"), payload: [1, 2, 3, 4, 5])]
    return model
  }

  /// Values whose low bytes are noise, and whose high bytes come from a short ramp: some planes compress, some do not.
  package static func ramp(
    _ name: String, _ type: DataType, count: Int, _ random: inout SplitMix64
  ) throws -> Tensor {
    let size = type.byteCount
    var bytes = [UInt8](repeating: 0, count: count * size)
    for index in 0..<count {
      // Half of the bytes below the highest are noise, the others equal.
      for byte in 0..<size / 2 { bytes[index * size + byte] = UInt8(truncatingIfNeeded: random.next()) }
      bytes[index * size + size - 1] = type == .boolean ? UInt8(index / 7 % 2) : UInt8(0x3C + index / 100 % 4)
    }
    return try Tensor(TensorDescription(name: name, dataType: type, shape: [count]), bytes: bytes)
  }

  /// Its first tensor has the name of one of the model's; its second is constant.
  package static func trainingState() throws -> TrainingState {
    try TrainingState(
      values: ["random_state": [-1, .integer(.max)], "best_loss": .number(.infinity), "patience": 3],
      tensors: [
        Tensor(name: "hidden.bias", shape: [3], values: [1, 2, 3] as [Float]),
        Tensor(name: "velocity", shape: [5, 13], values: [Float](repeating: 0.5, count: 65)),
      ])
  }

  private static func mask() -> [UInt8] { (0..<256).map { $0 < 128 ? 0 : 1 } }

  package struct NoSuchType: Error {
    package init() {}
  }

  package static func type(_ letters: String) throws -> SectionType {
    guard let type = SectionType(letters: letters.utf8) else { throw NoSuchType() }
    return type
  }

  package static func topology() -> Topology {
    Topology(
      inputShape: [2], preprocessing: Preprocessing(scale: 1 / 255, offset: -0.5),
      layers: [
        LayerDescription(
          kind: "affine", name: "hidden", outputShape: [3], attributes: ["l2": 1e-4, "frozen": false],
          parameters: [
            LayerDescription.Parameter(role: "weight", tensor: "hidden.weight"),
            LayerDescription.Parameter(role: "bias", tensor: "hidden.bias"),
          ]),
        LayerDescription(kind: "softmax", name: "output", outputShape: [3]),
      ],
      loss: "cross-entropy", classNames: ["null", "eins", "zwei"])
  }

  package static func history() throws -> TrainingHistory {
    try TrainingHistory(columns: [
      TrainingHistory.Column(name: "loss", values: [2.5, .nan, .infinity, -.infinity, -0.0]),
      TrainingHistory.Column(name: "seconds", values: [1, 2, 3, 4, .leastNonzeroMagnitude]),
    ])
  }
}

extension SampleModels {
  private static let letters: [Character] = [
    "a", "B", "7", ".", " ", "/", "é", "ß", "名", "🧠", "\u{0}", "\u{301}", "\n",
  ]

  package static func name(_ random: inout SplitMix64) -> String {
    String((0..<Int.random(in: 0...12, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
  }

  package static func number(_ random: inout SplitMix64) -> Double {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: .nan
    case 1: .infinity
    case 2: -.infinity
    case 3: -0.0
    case 4: .leastNonzeroMagnitude
    case 5: .greatestFiniteMagnitude
    default: Double(bitPattern: random.next())
    }
  }

  package static func attribute(_ random: inout SplitMix64, depth: Int = 0) -> AttributeValue {
    switch Int.random(in: 0..<(depth < 3 ? 5 : 4), using: &random) {
    case 0: .boolean(Bool.random(using: &random))
    case 1: .integer(Int(truncatingIfNeeded: random.next()) >> Int.random(in: 0..<64, using: &random))
    case 2: .number(number(&random))
    case 3: .string(name(&random))
    default: .list((0..<Int.random(in: 0...4, using: &random)).map { _ in attribute(&random, depth: depth + 1) })
    }
  }

  package static func attributes(_ random: inout SplitMix64) -> Attributes {
    var attributes = Attributes()
    for _ in 0..<Int.random(in: 0...6, using: &random) { attributes[name(&random)] = attribute(&random) }
    return attributes
  }

  /// A model of every element type, of ranks 0 to 5, with any bits in its values.
  package static func random(_ random: inout SplitMix64) throws -> Model {
    var tensors: [Tensor] = []
    for (number, type) in DataType.allCases.shuffled(using: &random).enumerated() {
      let shape = (0..<Int.random(in: 0...5, using: &random)).map { _ in Int.random(in: 0...4, using: &random) }
      let description = try TensorDescription(name: "\(number)" + name(&random), dataType: type, shape: shape)
      var bytes = random.bytes(description.byteCount)
      if type == .boolean { bytes = bytes.map { $0 & 1 } }
      tensors.append(try Tensor(description, bytes: bytes))
    }
    let epochs = Int.random(in: 0...5, using: &random)
    var columns: [TrainingHistory.Column] = []
    for column in 0..<Int.random(in: 0...3, using: &random) {
      let values = (0..<epochs).map { _ in SampleModels.number(&random) }
      columns.append(TrainingHistory.Column(name: name(&random) + "\(column)", values: values))
    }
    var layers: [LayerDescription] = []
    for tensor in tensors.prefix(Int.random(in: 0...4, using: &random)) {
      layers.append(
        LayerDescription(
          kind: name(&random), name: name(&random), outputShape: tensor.shape, attributes: attributes(&random),
          parameters: [LayerDescription.Parameter(role: name(&random), tensor: tensor.name)]))
    }
    let topology = Topology(
      inputShape: [28, 28, Int.random(in: 0...3, using: &random)],
      preprocessing: Preprocessing(scale: number(&random), offset: number(&random)), layers: layers,
      loss: Bool.random(using: &random) ? name(&random) : nil,
      classNames: (0..<Int.random(in: 0...3, using: &random)).map { _ in name(&random) })
    let kept = tensors.filter { _ in Bool.random(using: &random) }
    let state = try TrainingState(values: attributes(&random), tensors: kept.reversed())
    return try Model(
      topology: Bool.random(using: &random) ? topology : nil, tensors: tensors,
      history: try TrainingHistory(columns: columns), metadata: attributes(&random),
      trainingState: Bool.random(using: &random) ? state : nil)
  }
}
