import Testing

@testable import ModelFormat

/// The parts of a model.
struct ModelPartTests {
  /// Attributes are in canonical order, each name once, and can be changed and removed.
  @Test func attributesStandInCanonicalOrder() {
    var attributes: Attributes = ["bb": 1, "a": 2, "c": 3, "a": 4]
    #expect(attributes.entries.map(\.name) == ["a", "c", "bb"])
    #expect(attributes["a"] == 4)
    attributes["c"] = "three"
    attributes["aa"] = [true, 1.5]
    #expect(attributes.entries.map(\.name) == ["a", "c", "aa", "bb"])
    attributes["a"] = nil
    #expect(attributes["a"] == nil)
    #expect(attributes == ["aa": [true, 1.5], "bb": 1, "c": "three"])
  }

  @Test func attributeValuesAreEqualWhenTheirBitsAre() {
    #expect(AttributeValue.number(.nan) == .number(-.nan))
    #expect(AttributeValue.number(0) != .number(-0.0))
    #expect(AttributeValue.number(1) != .integer(1))
    #expect(AttributeValue.string("\u{E9}") != .string("e\u{301}"))
    #expect(AttributeValue.list([1, [2]]) == [1, [2]])
    #expect(AttributeValue.list([1]) != [1, 1])
    #expect(AttributeValue.boolean(true) != .integer(1))
  }

  @Test func namesThatOnlyLookAlikeAreTwoInAttributesTensorsAndHistories() throws {
    let attributes: Attributes = ["\u{E9}": 1, "e\u{301}": 2]
    #expect(attributes.entries.count == 2)
    #expect(attributes["e\u{301}"] == 2)
    #expect((["\u{E9}": 1] as Attributes) != ["e\u{301}": 1])
    let first = try Tensor(name: "\u{E9}", shape: [], values: [1] as [Float])
    let second = try Tensor(name: "e\u{301}", shape: [], values: [1] as [Float])
    #expect(first != second)
    let model = try Model(topology: nil, tensors: [first, second])
    #expect(model.tensor(named: "e\u{301}")?.name.utf8.count == 3)
    #expect(model.tensor(named: "e") == nil)
    let history = try TrainingHistory(columns: [
      .init(name: "\u{E9}", values: [1]), .init(name: "e\u{301}", values: [2]),
    ])
    #expect(history["e\u{301}"] == [2])
    #expect(history["loss"] == nil)
  }

  /// A model with NaN in its preprocessing equals itself, and 0 differs from −0.
  @Test func aModelWithNaNInItsPreprocessingEqualsItselfAnd0DiffersFromMinus0() {
    #expect(Preprocessing(scale: .nan, offset: 1) == Preprocessing(scale: .nan, offset: 1))
    #expect(Preprocessing(scale: 1, offset: 0) != Preprocessing(scale: 1, offset: -0.0))
    #expect(Preprocessing(scale: 1, offset: 0) == .identity)
  }

  @Test func aTensorsShapeDecidesHowManyValuesItHas() throws {
    #expect(try TensorDescription(name: "s", dataType: .float64, shape: []).count == 1)
    #expect(try TensorDescription(name: "s", dataType: .float16, shape: [3, 0, Int.max]).byteCount == 0)
    #expect(try TensorDescription(name: "s", dataType: .float32, shape: [2, 3, 4]).byteCount == 96)
    for shape in [[-1], [Int.max, 2], [Int.max], [0, -1]] {
      let error = try #require(throws: ModelFormatError.self) {
        _ = try TensorDescription(name: "s", dataType: .float32, shape: shape)
      }
      #expect(error.code == .invalidTensor)
      #expect(error.found == "\(shape)")
    }
    for (count, bytes) in [(2, 15), (2, 17), (0, 1)] {
      #expect(throws: ModelFormatError.self) {
        _ = try Tensor(
          TensorDescription(name: "s", dataType: .float64, shape: [count]), bytes: [UInt8](repeating: 0, count: bytes))
      }
    }
  }

  @Test func valuesGoInAndComeOutInOrderLittleEndian() throws {
    let floats = try Tensor(name: "f", shape: [2, 2], values: [1, -2.5, .infinity, 0.1] as [Float])
    #expect(floats.bytes.prefix(8) == [0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0])
    #expect(floats.floats() == [1, -2.5, .infinity, 0.1])
    #expect(floats.doubles()[3] == Double(Float(0.1)))
    let doubles = try Tensor(name: "d", shape: [3], values: [0.1, 1e300, -.leastNonzeroMagnitude] as [Double])
    #expect(doubles.doubles() == [0.1, 1e300, -.leastNonzeroMagnitude])
    #expect(doubles.floats() == [0.1, .infinity, -0.0])
    let empty = try Tensor(name: "e", shape: [0], values: [] as [Double])
    #expect(empty.doubles() == [] && empty.floats() == [])
  }

  @Test func aHistorysColumnsHaveOneLengthAndDifferentNames() throws {
    let history = try TrainingHistory(columns: [
      .init(name: "loss", values: [1, .nan]), .init(name: "accuracy", values: [0, 1]),
    ])
    #expect(history.epochs == 2)
    #expect(history.columns.map(\.name) == ["loss", "accuracy"])
    #expect(history == (try TrainingHistory(columns: history.columns)))
    #expect(TrainingHistory.empty.epochs == 0)
    for columns in [[("a", 1), ("b", 2)], [("a", 1), ("a", 1)]] {
      let error = try #require(throws: ModelFormatError.self) {
        _ = try TrainingHistory(
          columns: columns.map { .init(name: $0.0, values: [Double](repeating: 0, count: $0.1)) })
      }
      #expect(error.code == .invalidHistory)
    }
  }
}
