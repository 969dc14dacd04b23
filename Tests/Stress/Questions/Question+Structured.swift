import ModelFormat

// What structured sections hold, up to their limits: few bytes that stand for many values.

extension Question {
  static let structured = [
    Question("nested lists", "lists, 30 in each other", largest: 100_000, quick: 4_000) { (count, sample) in
      var lists: [AttributeValue] = []
      for _ in 0..<count / 30 + 1 {
        var list: AttributeValue = .list([.integer(sample.variant)])
        for _ in 0..<28 { list = .list([list]) }
        lists.append(list)
      }
      sample.metadata = ["lists": .list(lists)]
    },
    Question("empty lists", "empty lists", largest: 1 << 20, quick: 40_000) { (count, sample) in
      sample.metadata = ["lists": .list([AttributeValue](repeating: .list([]), count: count + sample.variant))]
    },
    Question("short texts", "texts of two letters", largest: 1 << 20, quick: 40_000) { (count, sample) in
      sample.metadata = ["texts": .list([AttributeValue](repeating: .string("ab"), count: count + sample.variant))]
    },
    // As many values as a section may have.
    Question("values", "whole numbers", largest: DecodingLimits().valueCount - 4, quick: 100_000) { (count, sample) in
      sample.metadata = ["numbers": .list([AttributeValue](repeating: .integer(7), count: count - sample.variant))]
    },
    Question("numbers", "numbers", largest: 1 << 20, quick: 40_000) { (count, sample) in
      sample.metadata = ["numbers": .list((0..<count).map { .number(1 / Double($0 + 1 + sample.variant)) })]
    },
    Question("text", "KiB of text", largest: 64 << 10, quick: 2 << 10) { (count, sample) in
      sample.metadata = ["text": .string(String(repeating: "a", count: count << 10) + "\(sample.variant)")]
    },
    Question("marks", "KiB of combining marks", largest: 16 << 10, quick: 512) { (count, sample) in
      sample.metadata = ["text": .string("\(sample.variant)" + String(repeating: "\u{301}", count: count << 9))]
    },
    Question("control text", "KiB of control characters", largest: 8 << 10, quick: 128) { (count, sample) in
      sample.metadata = ["text": .string(String(repeating: "\u{1}\u{1B}", count: count << 9) + "\(sample.variant)")]
    },
  ]
}
