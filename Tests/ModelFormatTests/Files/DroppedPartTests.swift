import BinaryIO
import Testing

@testable import ModelFormat

/// Parts that a purpose does not need are verified, and not kept.
struct DroppedPartTests {
  private func open(_ bytes: [UInt8]) throws -> ModelReader {
    try ModelReader(MemorySource(bytes, name: "model"), dropping: [.history, .trainingState])
  }

  @Test func droppedPartsAreEmptyAndAllElseIsThere() throws {
    let model = try Model(
      topology: Topology(inputShape: [2], layers: []), tensors: [],
      history: TrainingHistory(columns: [.init(name: "loss", values: [1, 2])]), metadata: ["a": 1],
      trainingState: TrainingState(values: ["step": 7]))
    let contents = try open(model.encoded()).contents
    #expect(contents.parts.history == .empty)
    #expect(contents.stateValues == [:])
    #expect(contents.parts.topology == model.topology && contents.parts.metadata == model.metadata)
    #expect(try open(Model(topology: nil, tensors: []).encoded()).contents.stateValues == nil)
  }

  @Test func faultsOfDroppedPartsAreTheSameErrors() throws {
    func column(_ name: String, _ count: Int) -> StructuredValue {
      .object(["name": .string(name), "values": .bytes([UInt8](repeating: 0, count: count))])
    }
    let histories: [StructuredValue] = [
      .object([:]), .object(["columns": .array([column("a", 8), column("a", 8)])]), .array([]),
      .object(["columns": .array([column("a", 7)])]), .object(["columns": .array([column("a", 8), column("b", 16)])]),
      .object(["columns": .array([.object(["name": .string("a")])])]),
    ]
    let states: [StructuredValue] = [
      .array([]), .object(["a": .bytes([])]), .object(["a": .array([.integer(1), .array([.object([:])])])]),
    ]
    for (type, value) in histories.map({ ("hIST", $0) }) + states.map({ ("tRST", $0) }) {
      var file = CraftedFile()
      file.sections = [CraftedFile.Section(type, crafted(value))]
      let expected = try readingError(file)
      #expect(throws: expected) { _ = try open(file.bytes) }
    }
  }
}
