import ModelSamples
import Testing

@testable import ModelFormat

/// Fields that are missing or of the wrong type are refused by name.
struct ModelFieldTests {
  private func error(
    _ type: String, _ value: StructuredValue, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ModelFormatError {
    var file = CraftedFile()
    file.sections.append(CraftedFile.Section(type, crafted(value)))
    let error = try readingError(file, sourceLocation: sourceLocation)
    #expect(error.section == type, sourceLocation: sourceLocation)
    #expect(error.offset == 16, sourceLocation: sourceLocation)
    return error
  }

  /// The value with another one put at a path of names and indices, or with the field at its end taken out.
  private func changed(_ value: StructuredValue, _ path: ArraySlice<String>, to new: StructuredValue?)
    -> StructuredValue
  {
    guard let step = path.first else { return value }
    switch value {
    case .object(let fields):
      return .object(
        fields.compactMap { field in
          guard field.name == step else { return field }
          if path.count > 1 { return .init(name: step, value: changed(field.value, path.dropFirst(), to: new)) }
          return new.map { StructuredValue.Field(name: step, value: $0) }
        })
    case .array(var elements):
      guard let index = Int(step) else { return value }
      elements[index] = path.count > 1 ? changed(elements[index], path.dropFirst(), to: new) : new ?? elements[index]
      return .array(elements)
    default: return value
    }
  }

  static let topologyFields: [(path: [String], place: String, kind: String)] = [
    (["input_shape"], "topology.input_shape", "an array"),
    (["preprocessing"], "topology.preprocessing", "an object"),
    (["preprocessing", "scale"], "topology.preprocessing.scale", "a number"),
    (["preprocessing", "offset"], "topology.preprocessing.offset", "a number"),
    (["layers"], "topology.layers", "an array"),
    (["layers", "0", "kind"], "topology.layers[0].kind", "a string"),
    (["layers", "1", "name"], "topology.layers[1].name", "a string"),
    (["layers", "0", "output_shape"], "topology.layers[0].output_shape", "an array"),
    (["layers", "0", "attributes"], "topology.layers[0].attributes", "an object"),
    (["layers", "0", "parameters"], "topology.layers[0].parameters", "an array"),
    (["layers", "0", "parameters", "1", "role"], "topology.layers[0].parameters[1].role", "a string"),
    (["layers", "0", "parameters", "0", "tensor"], "topology.layers[0].parameters[0].tensor", "a string"),
  ]

  @Test(arguments: topologyFields.indices)
  func everyFieldOfTheTopologyIsChecked(index: Int) throws {
    let (path, place, kind) = ModelFieldTests.topologyFields[index]
    let sound = SampleModels.topology().structured
    let missing = try error("TOPO", changed(sound, path[...], to: nil))
    #expect(missing.code == .invalidField)
    #expect(missing.expected == "\(kind) at \(place)")
    #expect(missing.found == "no such field")
    let wrong = try error("TOPO", changed(sound, path[...], to: .boolean(true)))
    #expect(wrong.code == .invalidField)
    #expect(wrong.expected == "\(kind) at \(place)")
    #expect(wrong.found == "a boolean")
  }

  @Test func optionalFieldsMayBeMissingButNotOfTheWrongType() throws {
    let sound = SampleModels.topology().structured
    for name in ["loss", "class_names"] {
      var file = CraftedFile()
      file.sections.append(CraftedFile.Section("TOPO", crafted(changed(sound, [name], to: nil))))
      #expect(throws: Never.self) { try decoded(file.bytes) }
      #expect(try error("TOPO", changed(sound, [name], to: .integer(1))).code == .invalidField)
    }
    #expect(
      try error("TOPO", changed(sound, ["class_names"], to: .array([.string("a"), .integer(1)]))).expected
        == "an array of strings at topology.class_names")
    #expect(
      try error("TOPO", changed(sound, ["input_shape"], to: .array([.integer(-1)]))).expected
        == "dimensions of at least 0 at topology.input_shape")
    #expect(
      try error("TOPO", changed(sound, ["layers", "1"], to: .integer(1))).expected
        == "an object at topology.layers[1]")
  }

  @Test func fieldsThatThisVersionDoesNotKnowArePassedOver() throws {
    guard case .object(let fields) = SampleModels.topology().structured else { throw SampleModels.NoSuchType() }
    var file = CraftedFile()
    let newer = fields + [StructuredValue.Field(name: "field_of_a_newer_version", value: .array([]))]
    file.sections.append(CraftedFile.Section("TOPO", crafted(.object(newer))))
    #expect(try decoded(file.bytes).topology == SampleModels.topology())
  }

  private func column(_ name: String, _ bytes: [UInt8]) -> StructuredValue {
    .object(["name": .string(name), "values": .bytes(bytes)])
  }

  @Test func aHistorysColumnsMustBeWholeOfOneLengthAndOfDifferentNames() throws {
    func history(_ columns: StructuredValue...) -> StructuredValue { .object(["columns": .array(columns)]) }
    let eight = [UInt8](repeating: 0, count: 8)
    for count in [1, 7, 9] {
      let error = try error("hIST", history(column("loss", [UInt8](repeating: 0, count: count))))
      #expect(error.code == .invalidHistory)
      #expect(error.expected == #"8 bytes per value in column "loss""#)
    }
    let length = try error("hIST", history(column("a", eight), column("b", eight + eight)))
    #expect(length.code == .invalidHistory)
    #expect(length.expected == #"1 values as in column "a""#)
    #expect(length.found == #"2 in column "b""#)
    let name = try error("hIST", history(column("a", eight), column("a", eight)))
    #expect(name.code == .invalidHistory)
    #expect(name.found == #"column "a" twice"#)
    #expect(try error("hIST", .object(["columns": .integer(1)])).code == .invalidField)
    #expect(
      try error("hIST", history(.object(["name": .string("a")]))).expected
        == "a byte string at history.columns[0].values")
    #expect(try error("hIST", .array([])).expected == "an object at history")
  }

  /// Metadata hold no byte strings and no objects, at any depth, and the error escapes the name.
  @Test func metadataHoldNoByteStringsAndNoObjects() throws {
    for value: StructuredValue in [.bytes([1]), .object([:]), .array([.array([.bytes([])])])] {
      let error = try error("mETA", .object(["a\u{7}": value]))
      #expect(error.code == .invalidField)
      #expect(error.expected == #"a boolean, integer, number, string or list at metadata["a\u{07}"]"#)
    }
  }
}
