/// How much a reader lets a file ask for. Nothing beyond these bounds is allocated, whatever the file says.
public struct DecodingLimits: Equatable, Sendable {
  /// The number of tensors. The default is 65,536.
  public var tensorCount = 65_536
  /// The number of dimensions of a tensor or a shape. The default is 32.
  public var rank = 32
  /// The number of sections. The default is 16,777,216.
  public var sectionCount = 1 << 24
  /// The size of a chunk of a tensor before compression, in bytes. The default is 64 MiB.
  public var chunkSize = 1 << 26
  /// The inflated size of topology, history, metadata or index, each, in bytes. The default is 256 MiB.
  public var structuredSectionSize = 1 << 28
  /// The size of the tensors of a model together, in bytes. The default is 64 GiB.
  public var totalTensorSize = 1 << 36
  /// How deeply structured values may be nested. The default is 32.
  public var nesting = 32

  /// The default limits.
  public init() {}
}

extension DecodingLimits {
  func checkRank(_ shape: [Int], tensor: String? = nil) throws(ModelFormatError) {
    guard shape.count <= rank else {
      throw ModelFormatError(
        .limitExceeded, tensor: tensor, expected: "at most \(rank) dimensions", found: "\(shape.count)")
    }
  }

  func checkRanks(of topology: Topology) throws(ModelFormatError) {
    try checkRank(topology.inputShape)
    for layer in topology.layers { try checkRank(layer.outputShape) }
  }
}
