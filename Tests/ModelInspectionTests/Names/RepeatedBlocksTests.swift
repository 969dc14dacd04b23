import ModelFormat
import ModelInspection
import Testing

struct RepeatedBlocksTests {
  private func tensors(_ names: [String], shape: [Int] = [2, 3]) throws -> [TensorDescription] {
    try names.map { try TensorDescription(name: $0, dataType: .float32, shape: shape) }
  }

  @Test func `Twenty-four layers of twelve tensors are twelve rows`() throws {
    let parts = (0..<12).map { "part\($0 == 0 ? "" : String(repeating: "x", count: $0)).weight" }
    let names = (0..<24).flatMap { layer in parts.map { "transformer.h.\(layer).\($0)" } }
    let rows = RepeatedBlocks(try tensors(["wte"] + names + ["ln_f"])).rows
    #expect(rows.count == 14)
    #expect(rows[0].name == "wte" && rows[13].name == "ln_f")
    #expect(rows[1].name == "transformer.h.{0…23}.part.weight")
    #expect(rows[1].members == (0..<24).map { 1 + 12 * $0 })
    #expect(rows.flatMap(\.members).sorted() == Array(0..<290))
  }

  @Test func `What has another shape stands for itself, and missing numbers show`() throws {
    let names = [0, 1, 2, 4, 5, 9].map { "h.\($0).w" }
    let rows = RepeatedBlocks(try tensors(names) + tensors(["h.3.w"], shape: [3, 2])).rows
    #expect(rows.map(\.name) == ["h.{0…2, 4…5, 9}.w", "h.3.w"])
  }

  @Test func `Blocks come before what is in them`() throws {
    let names = (0..<3).flatMap { block in (0..<4).map { "b\(block).e\($0).w" } }
    let rows = RepeatedBlocks(try tensors(names)).rows
    #expect(rows.map(\.name) == (0..<4).map { "b{0…2}.e\($0).w" })
  }

  @Test func `Two of a kind are no repetition, and neither are numbers too large to count`() throws {
    let huge = (0..<5).map { "w" + String(repeating: "9", count: 30) + "\($0)" }
    let rows = RepeatedBlocks(try tensors(["h.0.w", "h.1.w"] + huge)).rows
    #expect(rows.allSatisfy { $0.members.count == 1 })
  }
}
