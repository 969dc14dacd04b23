import TestSupport
import Testing

@testable import Hashing

struct MerkleTreeTests {
  private struct Recorded: Decodable { let trees: [String] }

  private static func root(_ pieces: [[UInt8]]) throws -> String {
    var tree = MerkleTree()
    var hash = try SHA256()
    for piece in pieces {
      try tree.append(leaf: try piece.withUnsafeBytes { try MerkleTree.leaf($0, &hash) }, &hash)
    }
    return try tree.root(&hash).description
  }

  /// The leaves that the tests of Certificate Transparency use, and their roots.
  @Test func `the published roots of Certificate Transparency come out`() throws {
    let leaves: [[UInt8]] = [
      [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43], Array(0x50...0x57), Array(0x60...0x6F),
    ]
    #expect(
      try MerkleTreeTests.root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      try MerkleTreeTests.root(Array(leaves[..<1]))
        == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    #expect(
      try MerkleTreeTests.root(Array(leaves[..<7]))
        == "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")
    #expect(
      try MerkleTreeTests.root(leaves) == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")
  }

  @Test func `trees of every number of leaves have the roots of the recursive definition`() throws {
    let recorded: Recorded = try Oracle.recorded("digests.json")
    for (count, root) in recorded.trees.enumerated() {
      let pieces = (0..<count).map { [UInt8](repeating: UInt8($0), count: $0) }
      #expect(try MerkleTreeTests.root(pieces) == root, "\(count) leaves")
    }
  }
}
