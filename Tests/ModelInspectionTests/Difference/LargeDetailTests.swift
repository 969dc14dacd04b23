import ModelFormat
import Testing

@testable import ModelInspection

/// What differs is told in few words, however large it is.
struct LargeDetailTests {
  private func list(_ count: Int, _ change: Int? = nil) -> AttributeValue {
    .list((0..<count).map { .integer($0 == change ? -1 : $0) })
  }

  @Test func `Long lists that differ in the middle are shown from there on`() {
    let texts = AttributeValue.texts(list(100_000), list(100_000, 70_000))
    #expect(texts.left == "[…, 70000, 70001, 70002, …] (100000 values, from value 70001 on)")
    #expect(texts.right == "[…, -1, 70001, 70002, …] (100000 values, from value 70001 on)")
    let kinds = AttributeValue.texts(
      .list([AttributeValue](repeating: 1, count: 13)), .list([AttributeValue](repeating: 1, count: 12) + ["1"]))
    #expect(kinds.left == "[…, 1] (13 values, from value 13 on)")
    #expect(kinds.right == #"[…, "1"] (13 values, from value 13 on)"#)
  }

  @Test func `A list that is the beginning of a longer one shows where it ends`() {
    #expect(
      AttributeValue.texts(list(13), list(14)) == (
        "[0, 1, 2, …, 12] (13 values)", "[0, 1, 2, …, 13] (14 values)"
      ))
    #expect(ListExcerpt.text([1, 2], from: 2) { "\($0)" } == "[…, 2] (2 values, from value 2 on)")
    #expect(ListExcerpt.text([Int](), from: 0) { "\($0)" } == "[] (0 values, from value 1 on)")
  }

  @Test func `A list of long texts, and lists of lists, are cut off`() {
    let long = AttributeValue.string(String(repeating: "x", count: 1 << 20))
    let lists = (0..<6).reduce(AttributeValue.integer(1)) { value, _ in .list(.init(repeating: value, count: 12)) }
    for value in [AttributeValue.list(.init(repeating: long, count: 12)), lists] {
      #expect(value.text.utf8.count < 20_000 && value.text.contains("…"))
      let texts = AttributeValue.texts(value, .list([value]))
      #expect((texts.left?.utf8.count ?? 0) < 20_000 && (texts.right?.utf8.count ?? 0) < 20_000)
    }
    // What is a text itself is there as a whole.
    #expect(long.text.utf8.count == 1 << 20)
  }

  @Test func `Very many names of classes are shown from where they differ on`() throws {
    var (left, right) = (soundTopology(), soundTopology())
    left.classNames = (0..<5_000).map { "class \($0)" }
    right.classNames = left.classNames
    #expect(TopologyComparison.details(left, right) == [])
    right.classNames[1_234] = "other"
    let detail = try #require(TopologyComparison.details(left, right).first)
    #expect(detail.name == "class_names")
    #expect(
      detail.left
        == #"[…, "class 1234", "class 1235", "class 1236", …] (5000 classes, from class 1235 on)"#)
    #expect(detail.right?.hasPrefix(#"[…, "other", "#) == true)
    right.classNames = []
    #expect(TopologyComparison.details(left, right).first?.right == nil)
  }

  @Test func `Attributes are compared in one walk over both`() {
    let left: Attributes = ["a": 1, "b": 2, "d": 4, "long": .number(.nan)]
    let right: Attributes = ["b": 3, "c": 3, "d": 4, "longer": 1, "long": .number(-.nan)]
    let differences = left.differences(from: right)
    #expect(differences.map(\.name) == ["a", "b", "c", "longer"])
    #expect(differences.map(\.left) == [1, 2, nil, nil] && differences.map(\.right) == [nil, 3, 3, 1])
    #expect(left.differences(from: left).isEmpty)
    #expect(left.differences(from: [:]).count == 4 && ([:] as Attributes).differences(from: left).count == 4)
  }

  /// Each of 1,000 layers has a list of 2,000 values, which are the same but for the last one. To compare all layers of
  /// one side with all of the other takes 10⁹ comparisons of values; looked at once, they are 4 · 10⁶.
  @Test(.timeLimit(.minutes(1)))
  func `Layers with long attributes are aligned by looking at each attribute once`() {
    func layers(_ start: Int) -> [LayerDescription] {
      (start..<start + 1_000).map { number in
        let values = [AttributeValue](repeating: 7, count: 2_000) + [.integer(number)]
        return LayerDescription(kind: "k", name: "\(number)", outputShape: [1], attributes: ["list": .list(values)])
      }
    }
    let matches = LayerAlignment(layers(0), layers(1)).matches
    // A layer fewer at the beginning, and one more at the end; the others are alike.
    #expect(matches.count == 1_001)
    #expect(matches.first?.change == .removed && matches.last?.change == .added)
    #expect(matches.count { $0.change == .same } == 999)
  }
}
