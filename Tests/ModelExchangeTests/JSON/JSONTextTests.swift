import BinaryIO
import ModelFormat
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange

/// Text that goes to a sink as it comes about is that of the same values as a tree.
struct JSONTextTests {
  private func text(_ body: (inout JSONText<MemorySink>) -> Void) throws -> String {
    var text = JSONText(MemorySink())
    body(&text)
    return String(decoding: try text.finish().bytes, as: UTF8.self)
  }

  @Test(arguments: 0..<40)
  func attributesHaveTheTextOfTheirTree(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let attributes = SampleModels.attributes(&random)
    let expected = attributes.structured.json
    #expect(try text { $0.attributes(attributes.entries) } == expected)
    // Within a string, the text is that string.
    let quoted = try text { (text) in text.quote { (text) in text.attributes(attributes.entries) } }
    #expect(quoted == StructuredValue.string(expected).json)
  }

  @Test func aTopologyHasTheTextOfItsTree() throws {
    let layer = LayerDescription(
      kind: "affine", name: "a \"b\" \u{1}\n\\ é🧠", outputShape: [2, 10], attributes: ["x": [1, -2.5, "y"]],
      parameters: [.init(role: "weight", tensor: "w"), .init(role: "bias", tensor: "b")])
    for topology in [
      Topology(inputShape: [], layers: []), Topology(inputShape: [28, 28], layers: [layer, layer], loss: "l\t"),
      Topology(
        inputShape: [1], preprocessing: Preprocessing(scale: .nan, offset: -0.0), layers: [layer],
        classNames: ["", "\"", "c"]),
    ] {
      #expect(try text { $0.topology(topology) } == topology.structured.json)
    }
  }

  @Test func numbersHaveTheTextThatTheyHaveAsAValue() throws {
    var random = SplitMix64(seed: 1)
    let numbers: [Double] =
      [
        0, -0.0, 1, -1, 9, 10, 999_999, 1_000_000, 1e15, 1e16, 1e300, 0.1, .nan, .infinity, -.infinity,
        .leastNonzeroMagnitude,
      ]
      + (0..<100).map { _ in Double(bitPattern: random.next()) }
    for number in numbers { #expect(try text { $0.number(number) } == StructuredValue.number(number).json) }
    let history = try TrainingHistory(columns: [
      .init(name: "loss", values: numbers), .init(name: "b", values: numbers),
    ])
    let columns = history.columns.map { column in
      StructuredValue.object([
        "name": .string(column.name), "values": .array(column.values.map { .number($0) }),
      ])
    }
    #expect(try text { $0.history(history) } == StructuredValue.object(["columns": .array(columns)]).json)
  }

  @Test func textLongerThanTheBufferIsWrittenWhole() throws {
    let long = String(repeating: "é\"", count: 200_000)
    #expect(try text { $0.string(long) } == StructuredValue.string(long).json)
    var counting = JSONText(CountingSink())
    counting.string(long)
    #expect(try counting.finish().count == 200_000 * 4 + 2)
  }
}
