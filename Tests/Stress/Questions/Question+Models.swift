import BinaryIO
import ModelFormat

// Many of what a model has, with short names: two models have half of them in common, with other values.

extension Question {
  static let models = [
    Question("tensors", "tensors", largest: 100_000, quick: 4_000) { (count, sample) in
      sample.tensors = try numbers(count, sample).map {
        try Tensor(name: "t\($0)", shape: [1], values: [Float(sample.variant)])
      }
    },
    Question("empty tensors", "tensors", largest: 100_000, quick: 4_000) { (count, sample) in
      sample.tensors = try numbers(count, sample).map { try Tensor(name: "t\($0)", shape: [0], values: [] as [Float]) }
    },
    Question("ranks", "tensors of rank 32", largest: 50_000, quick: 2_000) { (count, sample) in
      let shape = [Int](repeating: 1, count: DecodingLimits().rank)
      sample.tensors = try numbers(count, sample).map {
        try Tensor(name: "t\($0)", shape: shape, values: [Float(sample.variant)])
      }
    },
    Question("state", "tensors of the training state", largest: 100_000, quick: 4_000, missing: ["safetensors"]) {
      (count, sample) in
      sample.state = try TrainingState(
        values: [:],
        tensors: numbers(count, sample).map {
          try Tensor(name: "t\($0)", shape: [1], values: [Float(sample.variant)])
        })
    },
    Question("sections", "unknown sections", largest: 100_000, quick: 4_000, missing: ["safetensors"]) {
      (count, sample) in
      guard let type = SectionType(letters: "abCd".utf8) else { return }
      sample.sections = (0..<count).map { UnknownSection(type: type, payload: [UInt8(truncatingIfNeeded: $0)]) }
    },
    Question("layers", "layers", largest: 100_000, quick: 4_000) { (count, sample) in
      sample.layers = numbers(count, sample).map {
        LayerDescription(kind: $0 % 2 == 0 ? "identity" : "relu", name: "l\($0)", outputShape: [2])
      }
    },
    Question("columns", "columns of the history", largest: 100_000, quick: 4_000) { (count, sample) in
      sample.columns = numbers(count, sample).map {
        TrainingHistory.Column(name: "c\($0)", values: [Double(sample.variant)])
      }
    },
    Question("epochs", "epochs of the history", largest: 400_000, quick: 20_000) { (count, sample) in
      sample.columns = [
        TrainingHistory.Column(name: "loss", values: (0..<count).map { 1 / Double($0 + 1 + sample.variant) })
      ]
    },
    Question("keys", "keys of the metadata", largest: 100_000, quick: 4_000) { (count, sample) in
      sample.metadata = attributes(numbers(count, sample).map { ("k\($0)", .integer(sample.variant)) })
    },
    Question("classes", "class names", largest: 100_000, quick: 800) { (count, sample) in
      sample.outputs = count
      sample.classNames = numbers(count, sample).map { "class \($0)" }
    },
    Question("constant", "MiB of equal values", largest: 256, quick: 16) { (count, sample) in
      let values = [Float](repeating: Float(sample.variant), count: count << 18)
      sample.tensors = [try Tensor(name: "constant", shape: [count, 1 << 18], values: values)]
    },
  ]

  /// Which numbers the names of one of the two models bear.
  static func numbers(_ count: Int, _ sample: Sample) -> Range<Int> {
    let first = sample.variant * (count / 2)
    return first..<first + count
  }

  /// Attributes that are not sorted in one by one.
  static func attributes(_ entries: [(name: String, value: AttributeValue)]) -> Attributes {
    Attributes(
      canonical: entries.map { Attributes.Entry(name: $0.name, value: $0.value) }
        .sorted { StructuredValue.precedes($0.name, $1.name) })
  }
}
