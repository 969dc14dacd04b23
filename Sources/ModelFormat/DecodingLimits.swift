/// How much a reader lets a file ask for. Nothing beyond these bounds is allocated, whatever the file says.
///
/// The defaults are far above what models need, and low enough that a small file cannot exhaust a machine.
public struct DecodingLimits: Equatable, Sendable {
  /// The number of tensors, those of the training state included. The default is 262,144.
  public var tensorCount = 1 << 18
  /// The number of dimensions of a tensor or a shape. The default is 32.
  public var rank = 32
  /// The number of sections. The default is 524,288: each takes four values of the index.
  public var sectionCount = 1 << 19
  /// The size of a compressed chunk of a tensor once it is inflated, in bytes. As it is stored it may be 64 bytes longer.
  /// A tensor that is stored in one piece as it is may be larger.
  /// The default is 8 MiB, eight times what writers use: a few bytes may stand for a whole chunk of equal values, so this
  /// is what bounds how far a small file expands.
  public var chunkSize = 1 << 23
  /// The size of topology, history, metadata, training state or index once it is inflated, each, and of every section
  /// that is not known, in bytes. As it is stored each may be longer by a thousandth and 64 bytes. The default is
  /// 128 MiB.
  public var structuredSectionSize = 1 << 27
  /// The number of values in topology, history, metadata, training state or index, each: the outermost object, and
  /// every field and element inside. A column of the history counts as three, however many epochs it has; a tensor with
  /// one chunk takes nine values of the index and one per dimension. The default is 4,194,304.
  public var valueCount = 1 << 22
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

  /// Refuses structured values that are too many, before memory is taken for them.
  func checkValueCount(_ count: Int) throws(ModelFormatError) {
    guard count <= valueCount else {
      throw ModelFormatError(
        .limitExceeded, expected: "at most \(valueCount) values in a section", found: "at least \(count)")
    }
  }

  func checkNesting(_ depth: Int) throws(ModelFormatError) {
    guard depth <= nesting else {
      throw ModelFormatError(
        .limitExceeded, expected: "values nested at most \(nesting) deep", found: "deeper nesting")
    }
  }

  func checkRank(_ shape: [Int], tensor: String? = nil) throws(ModelFormatError) {
    guard shape.count <= rank else {
      throw ModelFormatError(
        .limitExceeded, tensor: tensor, expected: "at most \(rank) dimensions", found: "\(shape.count)")
    }
  }

  package func checkRanks(of topology: Topology) throws(ModelFormatError) {
    try checkRank(topology.inputShape)
    for layer in topology.layers { try checkRank(layer.outputShape) }
  }
}
