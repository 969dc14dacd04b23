/// How much a reader lets a file ask for. Nothing beyond these bounds is allocated, whatever the file says.
public struct DecodingLimits: Equatable, Sendable {
  /// The number of tensors, those of the training state included. The default is 65,536.
  public var tensorCount = 65_536
  /// The number of dimensions of a tensor or a shape. The default is 32.
  public var rank = 32
  /// The number of sections. The default is 16,777,216.
  public var sectionCount = 1 << 24
  /// The size of a compressed chunk of a tensor once it is inflated, in bytes. As it is stored it may be 64 bytes longer.
  /// The default is 64 MiB.
  public var chunkSize = 1 << 26
  /// The size of topology, history, metadata, training state or index once it is inflated, each, and of every section
  /// that is not known, in bytes. As it is stored each may be longer by a thousandth and 64 bytes. The default is 256 MiB.
  public var structuredSectionSize = 1 << 28
  /// The size of the tensors of a model together, in bytes. The default is 64 GiB.
  public var totalTensorSize = 1 << 36
  /// The size of a file without a known size, such as a pipe, which has to be held in memory as a whole, in bytes. The
  /// default is 1 GiB.
  public var pipeSize = 1 << 30
  /// How deeply structured values may be nested. The default is 32.
  public var nesting = 32

  /// The default limits.
  public init() {}
}

extension DecodingLimits {
  /// Refuses a section that would be held in memory as a whole, before it is read.
  func checkStoredSize(_ length: Int) throws(ModelFormatError) {
    // What does not compress is stored with 5 bytes for every 16 KiB (RFC 1951, section 3.2.4) and a few around.
    let (largest, overflow) = structuredSectionSize.addingReportingOverflow(structuredSectionSize / 1000 + 64)
    guard overflow || length <= largest else {
      throw ModelFormatError(
        .limitExceeded, expected: "sections of at most \(structuredSectionSize) bytes", found: "\(length)")
    }
  }

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
