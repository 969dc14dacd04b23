/// The Merkle tree hash of a list of pieces (RFC 9162, section 2.1.1), built from left to right.
///
/// A leaf is SHA-256(00 ‖ piece), a node SHA-256(01 ‖ left ‖ right), the tree of no pieces SHA-256 of nothing; n > 1 leaves
/// are split at the largest power of two below n. Leaves may be hashed in any order on any thread, and the root depends
/// on the pieces alone. Memory: one digest for each power of two in the number of leaves.
package struct MerkleTree: Sendable {
  private struct Subtree {
    let digest: SHA256Digest
    /// How many leaves it has: a power of two, except while the root is computed.
    let leafCount: Int
  }

  /// Complete subtrees, the largest first.
  private var subtrees: [Subtree] = []

  /// A tree without leaves.
  package init() {}

  /// The digest of a leaf. O(n).
  package static func leaf(
    _ piece: UnsafeRawBufferPointer, _ hash: inout SHA256
  ) throws(HashingError) -> SHA256Digest {
    try hash.update([0])
    try unsafe hash.update(piece)
    return try hash.finish()
  }

  private static func node(
    _ left: SHA256Digest, _ right: SHA256Digest, _ hash: inout SHA256
  ) throws(HashingError) -> SHA256Digest {
    try hash.digest(of: [1] + left.bytes + right.bytes)
  }

  /// Adds the next leaf. O(1) on average.
  package mutating func append(leaf: SHA256Digest, _ hash: inout SHA256) throws(HashingError) {
    var last = Subtree(digest: leaf, leafCount: 1)
    while let left = subtrees.last, left.leafCount == last.leafCount {
      subtrees.removeLast()
      last = Subtree(
        digest: try MerkleTree.node(left.digest, last.digest, &hash), leafCount: left.leafCount * 2)
    }
    subtrees.append(last)
  }

  /// The hash of the whole tree. O(log n).
  package func root(_ hash: inout SHA256) throws(HashingError) -> SHA256Digest {
    guard var root = subtrees.last?.digest else { return try hash.digest(of: []) }
    for subtree in subtrees.dropLast().reversed() {
      root = try MerkleTree.node(subtree.digest, root, &hash)
    }
    return root
  }
}
