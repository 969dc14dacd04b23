import ModelFormat
import Testing

@testable import ModelInspection

/// A sound network of two layers: 2 inputs, 3 outputs.
func soundTopology() -> Topology {
  Topology(
    inputShape: [2], preprocessing: Preprocessing(scale: 0.5, offset: 0),
    layers: [
      LayerDescription(
        kind: "affine", name: "hidden", outputShape: [3], attributes: ["l2": 0.1],
        parameters: [.init(role: "weight", tensor: "w"), .init(role: "bias", tensor: "b")]),
      LayerDescription(kind: "softmax", name: "output", outputShape: [3]),
    ],
    loss: "cross-entropy", classNames: ["a", "b", "c"])
}

/// Differences of structure, history and metadata.
struct DetailTests {
  private func topology(_ change: (inout Topology) -> Void) throws -> [[String?]] {
    var changed = soundTopology()
    change(&changed)
    let difference = try ModelDifference(reader([], topology: soundTopology()), reader([], topology: changed))
    #expect(difference.isSame == difference.topology.isEmpty)
    return difference.topology.map { [$0.name, $0.left, $0.right] }
  }

  @Test func everyPropertyOfTheTopologyIsComparedByName() throws {
    #expect(try topology { $0.inputShape = [1, 2] } == [["input_shape", "[2]", "[1, 2]"]])
    #expect(try topology { $0.preprocessing.scale = 0.25 } == [["preprocessing.scale", "0.5", "0.25"]])
    #expect(try topology { $0.preprocessing.offset = -0.0 } == [["preprocessing.offset", "0.0", "-0.0"]])
    #expect(try topology { $0.loss = nil } == [["loss", "cross-entropy", nil]])
    #expect(try topology { $0.classNames = [] } == [["class_names", #""a", "b", "c""#, nil]])
    #expect(try topology { $0.layers[1].kind = "relu" } == [["layers[1].kind", "softmax", "relu"]])
    #expect(try topology { $0.layers[0].name = "first" } == [["layers[0].name", "hidden", "first"]])
    #expect(try topology { $0.layers[0].outputShape = [] } == [["layers[0].output_shape", "[3]", "[]"]])
    #expect(try topology { $0.layers[0].attributes["l2"] = nil } == [["layers[0].attributes.l2", "0.1", nil]])
    #expect(try topology { $0.layers[1].attributes["axis"] = 1 } == [["layers[1].attributes.axis", nil, "1"]])
    #expect(
      try topology { $0.layers[0].parameters[1].tensor = "c" }
        == [["layers[0].parameters", "weight: w, bias: b", "weight: w, bias: c"]])
    #expect(try topology { $0.layers.removeLast() } == [["layers[1]", "softmax [3]", nil]])
    #expect(
      try topology { $0.layers.append(LayerDescription(kind: "relu", name: "r", outputShape: [4])) }
        == [["layers[2]", nil, "relu [4]"]])
  }

  @Test func namesThatHoldTheSeparatorAreNotTakenForTwo() throws {
    let left = ["a, b", "c"]
    let details = try topology { $0.classNames = left }
    #expect(details == [["class_names", #""a", "b", "c""#, #""a, b", "c""#]])
    var (one, two) = (soundTopology(), soundTopology())
    one.layers[0].parameters = [.init(role: "weight", tensor: "w, bias: b")]
    two.layers[0].parameters = [.init(role: "weight", tensor: "w"), .init(role: "bias", tensor: "b")]
    #expect(!(try ModelDifference(reader([], topology: one), reader([], topology: two)).isSame))
  }

  @Test func aTopologyOnOneSideOnlyIsToldInALine() throws {
    let with = try reader([], topology: soundTopology())
    let difference = try ModelDifference(with, reader([]))
    #expect(difference.topology.map(\.name) == ["topology"])
    #expect(difference.topology[0].left == "[2] → affine [3] → softmax [3]")
    #expect(difference.topology[0].right == nil)
    #expect(try ModelDifference(reader([]), with).topology[0].left == nil)
  }

  @Test func metadataAreComparedByNameTypeAndValue() throws {
    let left: Attributes = ["same": [1, "x"], "changed": 1, "gone": true, "kind": 1, "list": ["a, b"]]
    let right: Attributes = ["same": [1, "x"], "changed": 2.5, "new": "text", "kind": "1", "list": ["a", "b"]]
    let difference = try ModelDifference(reader([], metadata: left), reader([], metadata: right))
    #expect(!difference.isSame)
    #expect(
      difference.metadata == [
        .init(name: "gone", left: true, right: nil), .init(name: "kind", left: 1, right: "1"),
        .init(name: "list", left: ["a, b"], right: ["a", "b"]), .init(name: "changed", left: 1, right: 2.5),
        .init(name: "new", left: nil, right: "text"),
      ])
    let texts = difference.metadata.map { AttributeValue.texts($0.left, $0.right) }
    #expect(texts[1] == ("1", #""1""#) && texts[2] == (#"["a, b"]"#, #"["a", "b"]"#) && texts[4] == (nil, "text"))
  }
}

/// Large parts are compared in linear time.
struct LargePartTests {
  private func name(_ number: Int) -> String { "name \(1_000_000 + number)" }

  private func attributes(_ range: Range<Int>, _ value: (Int) -> AttributeValue) -> Attributes {
    var attributes = Attributes()
    for number in range { attributes[name(number)] = value(number) }
    return attributes
  }

  @Test func tenThousandEntriesOfMetadata() throws {
    let left = attributes(0..<10_000) { .integer($0) }
    let right = attributes(1..<10_001) { .integer($0 == 5_000 ? -1 : $0) }
    let difference = try ModelDifference(
      ModelReader(bytes: Model(topology: nil, tensors: [], metadata: left).encoded()),
      ModelReader(bytes: Model(topology: nil, tensors: [], metadata: right).encoded()))
    #expect(difference.metadata.map(\.name) == [name(0), name(5_000), name(10_000)])
  }

  @Test func tenThousandColumnsOfHistory() throws {
    func history(_ range: Range<Int>, _ value: (Int) -> Double) throws -> TrainingHistory {
      try TrainingHistory(columns: range.map { .init(name: name($0), values: [value($0)]) })
    }
    let left = try history(0..<10_000) { Double($0) }
    let right = try history(1..<10_001) { $0 == 5_000 ? -1 : Double($0) }
    let difference = try ModelDifference(
      ModelReader(bytes: Model(topology: nil, tensors: [], history: left).encoded()),
      ModelReader(bytes: Model(topology: nil, tensors: [], history: right).encoded()))
    #expect(difference.history.map(\.name) == [name(0), name(5_000), name(10_000)])
  }
}
