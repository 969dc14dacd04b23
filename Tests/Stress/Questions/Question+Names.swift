import BinaryIO
import ModelFormat

// Names that are long, or that are hard to compare, wherever a model has names.

extension Question {
  static let names = [
    Question("long names", "names of 64 KiB", largest: 128, quick: 8, missing: ["npz"]) { (count, sample) in
      try name(
        &sample,
        numbers(count, sample).map { number in
          let start = "\(number) "
          return start + String(repeating: "x", count: 65_535 - start.utf8.count)
        })
    },
    // Two of them differ in their first letter only, and to see that by characters takes all marks.
    Question("combining marks", "names of a letter and 30,000 marks", largest: 128, quick: 8) { (count, sample) in
      let marks = String(repeating: "\u{301}", count: 30_000)
      try name(&sample, numbers(count, sample).map { "\(letter($0))\(marks)" })
    },
    // Short ones, so that there are many: the same text once composed and once decomposed is two names.
    Question("equivalent names", "pairs of equivalent names", largest: 20_000, quick: 400) { (count, sample) in
      try name(&sample, numbers(count, sample).flatMap { ["\u{E9}\($0)", "e\u{301}\($0)"] })
    },
    Question("control characters", "names of 1,000 control characters", largest: 2_000, quick: 40) {
      (count, sample) in
      let text = String(repeating: "\u{1}\u{1B}\u{7F}\u{85}", count: 250)
      try name(&sample, numbers(count, sample).map { "\(text)\($0)" })
    },
  ]

  /// A letter without composed forms, a different one for each number.
  private static func letter(_ number: Int) -> Character {
    Character(Unicode.Scalar(0x4E00 + UInt32(number % 0x5000)) ?? "a")
  }

  /// Gives the names to everything that has one.
  private static func name(_ sample: inout Sample, _ names: [String]) throws {
    sample.tensors = try names.map { try Tensor(name: $0, shape: [1], values: [Float(sample.variant)]) }
    sample.layers = names.map { LayerDescription(kind: "identity", name: $0, outputShape: [2]) }
    sample.columns = names.map { TrainingHistory.Column(name: $0, values: [Double(sample.variant)]) }
    sample.metadata = attributes(names.map { ($0, .string($0)) })
    sample.outputs = names.count
    sample.classNames = names
  }
}
