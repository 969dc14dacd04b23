import ModelFormat
import Threads

/// The values of one tensor, from a file or from memory, and what they are.
struct TensorPieces: Sendable {
  let values: any TensorValues
  let dataType: DataType
  /// The size of the values as they are stored, before any compression.
  let encodedByteCount: Int
  /// Whether they are stored in a way that is no data type.
  let isEncoded: Bool

  /// The values of a tensor of a source.
  ///
  /// - Parameter contents: those of the source.
  init(
    _ source: any ModelSource, _ contents: ModelContents, _ tensor: TensorDescription
  ) throws(ModelFormatError) {
    try self.init(tensor, source.values(of: tensor, in: contents))
  }

  /// The values of a tensor in memory.
  init(_ tensor: Tensor) {
    self.init(tensor.description, MemoryValues(tensor))
  }

  private init(_ tensor: TensorDescription, _ values: any TensorValues) {
    self.values = values
    dataType = tensor.dataType
    encodedByteCount = tensor.encodedByteCount
    isEncoded = tensor.encoding != nil
  }

  /// The stored bytes of a tensor of a source, as numbers of one byte.
  init(
    bytesOf tensor: TensorDescription, _ source: any ModelSource, _ contents: ModelContents
  ) throws(ModelFormatError) {
    guard let place = contents.place(of: tensor) else {
      throw ModelFormatError(
        .noSuchTensor, tensor: tensor.name, expected: "a tensor of this file", found: "another"
      ).at(path: source.name)
    }
    self.init(tensor.encodedBytes, try source.encodedValues(at: place))
  }

  /// The values of several tensors of a source, opened side by side: opening verifies those that are stored as they are.
  /// Where an encoding has no numbers they are the stored bytes.
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
      let tensor = tensors[number]
      return tensor.hasNumbers
        ? try TensorPieces(source, contents, tensor) : try TensorPieces(bytesOf: tensor, source, contents)
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
