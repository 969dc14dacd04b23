import ModelFormat
import Threads

/// The values of one tensor, from a file or from memory, and what they are.
struct TensorPieces: Sendable {
  let values: any TensorValues
  let dataType: DataType

  /// The values of a tensor of a file.
  init(_ reader: ModelReader, _ tensor: TensorDescription) throws(ModelFormatError) {
    values = try reader.values(of: tensor)
    dataType = tensor.dataType
  }

  /// The values of a tensor in memory.
  init(_ tensor: Tensor) {
    values = MemoryValues(tensor)
    dataType = tensor.dataType
  }

  /// The values of several tensors of a file, opened side by side: opening verifies those that are stored as they are.
  static func open(
    _ tensors: [TensorDescription], in reader: ModelReader, threads: Int?
  ) throws(ModelFormatError) -> [TensorPieces] {
    var opened: [TensorPieces] = []
    opened.reserveCapacity(tensors.count)
    let size = tensors.reduce(0) { $0.addingReportingOverflow($1.byteCount).partialValue }
    try OrderedPipeline.run(
      count: tensors.count, threads: Workload.threads(threads, byteCount: size)
    ) { (number) throws(ModelFormatError) in
      try TensorPieces(reader, tensors[number])
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

  /// How many of `threads` threads are worth their while for so many bytes of values; nil asks for one per processor.
  static func threads(_ threads: Int?, byteCount: Int) -> Int {
    byteCount < leastSharedSize ? 1 : threads ?? Processors.count
  }
}

/// Pieces of several tensors, counted through.
struct PieceNumbers {
  private var ends: [Int] = []

  /// How many pieces there are.
  var count: Int { ends.last ?? 0 }

  mutating func append(_ pieceCount: Int) { ends.append(count + pieceCount) }

  /// The place of the tensor that a piece belongs to, and the piece's number within it. O(log n).
  func locate(_ number: Int) -> (place: Int, piece: Int) {
    var (low, high) = (0, ends.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] > number { high = middle } else { low = middle + 1 }
    }
    return (low, number - (low == 0 ? 0 : ends[low - 1]))
  }
}
