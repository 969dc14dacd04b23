import ModelFormat
import Threads

/// The values of one tensor, from a file or from memory, and what they are.
struct TensorPieces: Sendable {
  let values: any TensorValues
  let dataType: DataType

  /// The values of a tensor of a source.
  ///
  /// - Parameter contents: those of the source.
  init(
    _ source: any ModelSource, _ contents: ModelContents, _ tensor: TensorDescription
  ) throws(ModelFormatError) {
    values = try source.values(of: tensor, in: contents)
    dataType = tensor.dataType
  }

  /// The values of a tensor in memory.
  init(_ tensor: Tensor) {
    values = MemoryValues(tensor)
    dataType = tensor.dataType
  }

  /// The values of several tensors of a source, opened side by side: opening verifies those that are stored as they are.
  static func open(
    _ tensors: [TensorDescription], in source: any ModelSource, threads: Int?
  ) throws(ModelFormatError) -> [TensorPieces] {
    let contents = source.contents
    var opened: [TensorPieces] = []
    opened.reserveCapacity(tensors.count)
    let size = tensors.reduce(0) { $0.addingReportingOverflow($1.byteCount).partialValue }
    try OrderedPipeline.run(
      groups: ItemGroups(count: tensors.count) { tensors[$0].byteCount },
      threads: Workload.threads(threads, byteCount: size)
    ) { (number) throws(ModelFormatError) in
      try TensorPieces(source, contents, tensors[number])
    } consume: { (_, pieces: TensorPieces) throws(ModelFormatError) in
      opened.append(pieces)
    }
    return opened
  }
}

/// How work on values is shared.
enum Workload {
  /// Less than this is done before another thread has started.
  private static let leastSharedSize = 1 << 18

  /// How many of `threads` threads are worth their while for this many bytes of values; nil asks for one per processor.
  static func threads(_ threads: Int?, byteCount: Int) -> Int {
    byteCount < leastSharedSize ? 1 : threads ?? Processors.count
  }
}
