import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// What safetensors has no place for is in its metadata.
struct SafetensorsPartsTests {
  private func reader(_ entries: [(name: String, value: String)]) throws(ModelFormatError) -> any ModelFile {
    var fields: [String] = []
    for (name, value) in entries {
      fields.append("\(StructuredValue.string(name).json):\(StructuredValue.string(value).json)")
    }
    return try ModelFiles.open(bytes: SafetensorsBytes.file("{\"__metadata__\":{\(fields.joined(separator: ","))}}"))
  }

  @Test func aTopologyAndAHistoryWrittenByHand() throws {
    let reader = try reader([
      (
        "nnkit.topology",
        """
        {"layers": [{"name": "x", "kind": "affine", "output_shape": [2], "attributes": {"rate": 0.5, "n": 3,
          "list": [true, null, -1e999]}, "parameters": [{"role": "weight", "tensor": "w"}]}],
         "input_shape": [28, 28], "preprocessing": {"scale": 1e-2, "offset": -0.0}, "class_names": ["a", "b"]}
        """
      ),
      ("nnkit.history", "{\"columns\":[{\"name\":\"loss\",\"values\":[1,0.5,null,1e999,-1e999]}]}"),
      ("nnkit.metadata", "{\"seed\":42,\"flag\":false}"), ("author", "me"),
    ])
    #expect(
      reader.topology
        == Topology(
          inputShape: [28, 28], preprocessing: Preprocessing(scale: 0.01, offset: -0.0),
          layers: [
            LayerDescription(
              kind: "affine", name: "x", outputShape: [2],
              attributes: ["rate": 0.5, "n": 3, "list": [true, .number(.nan), .number(-.infinity)]],
              parameters: [LayerDescription.Parameter(role: "weight", tensor: "w")])
          ], classNames: ["a", "b"]))
    #expect(reader.history["loss"].map { $0.map(\.description) } == ["1.0", "0.5", "nan", "inf", "-inf"])
    #expect(reader.metadata == ["seed": 42, "flag": false, "author": "me"])
  }

  @Test(arguments: [
    ("nnkit.topology", "", "malformed-value"), ("nnkit.topology", "[]", "invalid-field"),
    ("nnkit.topology", "{}", "invalid-field"), ("nnkit.topology", "{\"a\":1,\"a\":1}", "malformed-value"),
    ("nnkit.topology", "{} {}", "malformed-value"), ("nnkit.history", "{\"columns\":1}", "invalid-field"),
    ("nnkit.history", "{\"columns\":[{\"name\":\"a\",\"values\":[\"1\"]}]}", "invalid-field"),
    (
      "nnkit.history", "{\"columns\":[{\"name\":\"a\",\"values\":[]},{\"name\":\"a\",\"values\":[]}]}",
      "invalid-history"
    ),
    ("nnkit.metadata", "{\"a\":{}}", "invalid-field"), ("nnkit.metadata", "{\"a\":tru}", "malformed-value"),
    ("nnkit.metadata", "{\"a\":nul}", "malformed-value"), ("nnkit.metadata", "{\"a\":+1}", "malformed-value"),
    ("nnkit.metadata", "{\"a\":--1}", "malformed-value"), ("nnkit.metadata", "{\"a\":.5}", "malformed-value"),
    ("nnkit.metadata", "{\"a\":1e}", "malformed-value"), ("nnkit.metadata", "{\"a\":1e+}", "malformed-value"),
    ("nnkit.metadata", "{\"a\":01}", "malformed-value"), ("nnkit.metadata", "{\"a\":-}", "malformed-value"),
    ("nnkit.metadata", "{\"a\":1.e5}", "malformed-value"), ("nnkit.metadata", "{\"a\":NaN}", "malformed-value"),
    ("nnkit.metadata", "{\"a\":99999999999999999999}", "malformed-value"), ("nnkit.tensors", "{}", "invalid-field"),
    ("nnkit.tensors", "[1]", "invalid-field"),
  ])
  func textsThatAreNoSuchParts(name: String, text: String, code: String) throws {
    let error = #expect(throws: ModelFormatError.self) { try reader([(name, text)]) }
    #expect(error?.code.rawValue == code && error?.section == "header", "\(String(describing: error))")
  }

  @Test func deepNestingHighRanksAndNamesThatStandTwice() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: ModelFormatError.self) { try reader([("nnkit.metadata", deep)]) }
    for text in [deep, "{\"a\":\(String(repeating: "[", count: 33))\(String(repeating: "]", count: 33))}"] {
      let error = #expect(throws: ModelFormatError.self) { try reader([("nnkit.metadata", text)]) }
      #expect(error?.code == .limitExceeded)
    }
    let lists = "\(String(repeating: "[", count: 32))\(String(repeating: "]", count: 32))"
    #expect(try reader([("nnkit.metadata", "{\"a\":\(lists)}")]).metadata.entries.count == 1)
    let shape = [Int](repeating: 1, count: 33)
    let topology = "{\"layers\":[],\"input_shape\":\(shape),\"preprocessing\":{\"scale\":1.0,\"offset\":0.0}}"
    let rank = #expect(throws: ModelFormatError.self) { try reader([("nnkit.topology", topology)]) }
    #expect(rank?.code == .limitExceeded)
    let twice = #expect(throws: ModelFormatError.self) {
      try reader([("a", "1"), ("nnkit.metadata", "{\"a\":1}")])
    }
    #expect(twice?.code == .malformedValue && twice?.found == "\"a\" in both")
  }

  @Test(arguments: 0..<40)
  func attributesSurviveAsJSONWhateverTheyAre(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let attributes = SampleModels.attributes(&random)
    let text = attributes.structured.json
    let value = try StructuredValue(json: text, name: "text", limits: DecodingLimits())
    #expect(try FieldReader(EncodedValue(value), path: "text").attributes() == attributes, "\(text)")
  }

  @Test func anOrderOfTensorsThatDoesNotFitIsPassedOver() throws {
    func names(_ list: String) throws -> [String] {
      let header =
        "{\"__metadata__\":{\"nnkit.tensors\":\(StructuredValue.string(list).json)},"
        + "\(SafetensorsBytes.tensor("a", "U8", [], 0, 1)),\(SafetensorsBytes.tensor("b", "U8", [], 1, 2))}"
      return try ModelFiles.open(bytes: SafetensorsBytes.file(header, [1, 2])).tensors.map(\.name)
    }
    #expect(try names("[\"b\",\"a\"]") == ["b", "a"])
    for list in ["[\"a\",\"b\"]", "[]", "[\"b\"]", "[\"b\",\"b\"]", "[\"b\",\"c\"]", "[\"b\",\"a\",\"c\"]"] {
      #expect(try names(list) == ["a", "b"], "\(list)")
    }
  }
}
