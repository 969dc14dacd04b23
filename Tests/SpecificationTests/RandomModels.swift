import ModelFormat
import TestSupport

/// Models of every shape, the same for the same seed.
struct RandomModels {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  private mutating func next() -> UInt64 { generator.next() }

  private mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// Near enough to a normal distribution to have its exponents.
  private mutating func normal() -> Double {
    (0..<6).reduce(0) { sum, _ in sum + Double(next() >> 11) * 0x1p-53 - 0.5 }
  }

  /// 64-bit weights of which some are zero.
  mutating func weights(count: Int) throws -> Tensor {
    let values = (0..<count).map { _ in below(4) == 0 ? 0 : normal() }
    return try Tensor(name: "weights", shape: [count], values: values)
  }

  /// Bytes with the patterns that byte planes are made for: random, constant, sparse, running, and few values.
  private mutating func pattern(count: Int, elementSize: Int) -> [UInt8] {
    let kind = below(5)
    let constant = (0..<elementSize).map { _ in UInt8(truncatingIfNeeded: next()) }
    return (0..<count).map { index in
      switch kind {
      case 0: UInt8(truncatingIfNeeded: next())
      case 1: constant[index % elementSize]
      case 2: below(10) == 0 ? UInt8(truncatingIfNeeded: next()) : 0
      case 3: UInt8(truncatingIfNeeded: (index / elementSize) >> 2)
      default: UInt8(below(3)) &* 7
      }
    }
  }

  private mutating func tensor(named name: String) throws -> Tensor {
    let type = DataType.allCases[below(DataType.allCases.count)]
    let shape = (0..<below(4)).map { _ in below(9) == 0 ? 0 : 1 + below(14) }
    let description = try TensorDescription(name: name, dataType: type, shape: shape)
    let bytes = pattern(count: description.byteCount, elementSize: type.byteCount)
    return try Tensor(description, bytes: type == .boolean ? bytes.map { $0 & 1 } : bytes)
  }

  private mutating func string() -> String {
    let letters = ["a", "Z", "é", "e\u{301}", "重", "🧠", "\"", "\0", " ", "/"]
    return (0..<below(12)).map { _ in letters[below(letters.count)] }.joined()
  }

  private mutating func number() -> Double {
    let special: [Double] = [0, -0.0, .nan, .infinity, -.infinity, .leastNonzeroMagnitude]
    return below(3) == 0 ? special[below(special.count)] : Double(bitPattern: next())
  }

  private mutating func value(depth: Int) -> AttributeValue {
    switch below(depth > 3 ? 4 : 5) {
    case 0: .boolean(below(2) == 0)
    case 1: .integer(Int(truncatingIfNeeded: next()) >> below(64))
    case 2: .number(number())
    case 3: .string(string())
    default: .list((0..<below(4)).map { _ in value(depth: depth + 1) })
    }
  }

  private mutating func attributes() -> Attributes {
    var attributes = Attributes()
    for _ in 0..<below(6) { attributes[string()] = value(depth: 0) }
    return attributes
  }

  /// A model with anything that a model can have.
  mutating func model() throws -> Model {
    let tensors = try (0..<below(6)).map { try tensor(named: "tensor \($0)") }
    let layers = (0..<below(4)).map { number in
      LayerDescription(
        kind: string(), name: "layer \(number)", outputShape: (0..<below(3)).map { _ in below(1 << 40) },
        attributes: attributes(), parameters: tensors.map { .init(role: string(), tensor: $0.name) })
    }
    let topology = Topology(
      inputShape: (0..<below(4)).map { _ in below(300) },
      preprocessing: Preprocessing(scale: number(), offset: number()), layers: layers,
      loss: below(2) == 0 ? nil : string(), classNames: (0..<below(4)).map { _ in string() })
    let epochs = below(20)
    let columns = (0..<below(4)).map { column in
      TrainingHistory.Column(name: "column \(column)", values: (0..<epochs).map { _ in number() })
    }
    let training = try TrainingState(
      values: attributes(), tensors: try (0..<below(3)).map { try tensor(named: "tensor \($0)") })
    return try Model(
      topology: below(4) == 0 ? nil : topology, tensors: tensors, history: try TrainingHistory(columns: columns),
      metadata: attributes(), trainingState: below(2) == 0 ? nil : training)
  }
}
