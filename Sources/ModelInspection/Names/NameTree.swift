import BinaryIO
public import ModelFormat

/// The tensors of a model by the parts of their names, which are separated by `.` or `/`, with sums for each part.
public struct NameTree: Sendable {
  /// A part of names, and all tensors under it.
  public struct Node: Sendable {
    /// The part of the name; empty for the root.
    public let name: String
    /// How many parts stand before it.
    public let depth: Int
    /// The places of the tensors under it, in their order.
    public internal(set) var tensors: [Int] = []
    /// The elements of all of them.
    public internal(set) var elementCount = 0
    /// The bytes of their values as they are in memory.
    public internal(set) var byteCount = 0
    /// The parts below, in the order in which they come.
    public internal(set) var children: [Node] = []
    var places: [ByteName: Int] = [:]
  }

  /// What is below stays together: a hostile name has tens of thousands of parts.
  public static let deepest = 16

  /// All tensors.
  public let root: Node

  /// Sums up tensors to a depth. O(n · depth).
  ///
  /// - Parameter depth: how many parts of names are told apart, at most `deepest`.
  public init(_ tensors: [TensorDescription], depth: Int = NameTree.deepest) {
    var root = Node(name: "", depth: 0)
    let depth = min(max(depth, 0), NameTree.deepest)
    for (place, tensor) in tensors.enumerated() {
      let parts = tensor.name.utf8.split(
        maxSplits: depth, omittingEmptySubsequences: false,
        whereSeparator: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") })
      NameTree.add(place, tensor, parts[...].prefix(depth), to: &root)
    }
    self.root = root
  }

  private static func add(
    _ place: Int, _ tensor: TensorDescription, _ parts: ArraySlice<Substring.UTF8View>, to node: inout Node
  ) {
    node.tensors.append(place)
    node.elementCount &+= tensor.count
    node.byteCount &+= tensor.encodedByteCount
    guard let part = parts.first else { return }
    let name = String(decoding: part, as: UTF8.self)
    let child = node.places[ByteName(name)] ?? node.children.count
    if child == node.children.count {
      node.children.append(Node(name: name, depth: node.depth + 1))
      node.places[ByteName(name)] = child
    }
    add(place, tensor, parts.dropFirst(), to: &node.children[child])
  }
}
