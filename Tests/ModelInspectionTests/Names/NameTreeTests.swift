import ModelFormat
import ModelInspection
import Testing

struct NameTreeTests {
  private func tree(_ names: [String], depth: Int = NameTree.deepest) throws -> NameTree.Node {
    NameTree(try names.map { try TensorDescription(name: $0, dataType: .float32, shape: [2, 3]) }, depth: depth).root
  }

  @Test func `Parts have the sums of what is below them`() throws {
    let root = try tree(["a.x", "a.y.z", "b/x", "a.y.w"])
    #expect(root.elementCount == 24 && root.byteCount == 96 && root.tensors == [0, 1, 2, 3])
    #expect(root.children.map(\.name) == ["a", "b"])
    #expect(root.children[0].tensors == [0, 1, 3] && root.children[0].elementCount == 18)
    #expect(root.children[0].children.map(\.name) == ["x", "y"])
    #expect(root.children[0].children[1].children.map(\.name) == ["z", "w"])
  }

  @Test func `A depth puts what is below together`() throws {
    let root = try tree(["a.x", "a.y.z", "b/x"], depth: 1)
    #expect(root.children.map(\.name) == ["a", "b"] && root.children.allSatisfy(\.children.isEmpty))
  }

  @Test func `A name of thousands of parts is as deep as the tree may be`() throws {
    var node = try tree([String(repeating: "a.", count: 20_000)])
    var depth = 0
    while let child = node.children.first { (node, depth) = (child, depth + 1) }
    #expect(depth == NameTree.deepest)
  }
}
