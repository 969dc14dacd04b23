public import ModelFormat
import Threads

/// A model whose values are decoded once, however often they are looked at: for statistics, findings and spectra of one
/// file, one after the other.
///
/// A tensor is held from its first use on, as far as all of those held fit in a number of bytes together; others are read
/// from where they are stored each time.
public final class HeldSource: ModelSource {
  /// 64 MiB.
  public static let defaultByteCount = 1 << 26

  private struct Store {
    var tensors: [Int: HeldValues] = [:]
    var freeByteCount: Int
  }

  private let source: any ModelSource
  private let descriptions: [TensorDescription]
  private let threads: Int
  private let store: Lock<Store>

  /// The name of the source.
  public var name: String { source.name }
  /// Everything but the values.
  public let contents: ModelContents

  /// - Parameters:
  ///   - source: whose values are held.
  ///   - byteCount: how many bytes of values are held at most.
  ///   - threads: how many threads read one tensor; nil for one per processor.
  public init(_ source: any ModelSource, byteCount: Int = defaultByteCount, threads: Int? = nil) {
    self.source = source
    contents = source.contents
    descriptions = contents.tensors
    self.threads = threads ?? Processors.count
    store = Lock(Store(freeByteCount: byteCount))
  }

  /// The values of the tensor at a place: read now if they are to be held and are not yet.
  public func values(at place: Int) throws(ModelFormatError) -> any TensorValues {
    guard descriptions.indices.contains(place) else { return try source.values(at: place) }
    let (description, stored) = (descriptions[place], try source.values(at: place))
    let size = description.byteCount
    // Room is taken first, so that two threads do not take the same.
    let held: (values: HeldValues?, hasRoom: Bool) = store.withLock { store in
      if let values = store.tensors[place] { return (values, false) }
      guard size <= store.freeByteCount else { return (nil, false) }
      store.freeByteCount -= size
      return (nil, true)
    }
    if let values = held.values { return values }
    guard held.hasRoom else { return stored }
    do throws(ModelFormatError) {
      let tensor = try Tensor(description, stored, threads: Workload.threads(threads, byteCount: size))
      let values = HeldValues(memory: MemoryValues(tensor), stored: stored)
      return store.withLock { store in
        // Another thread may have been faster.
        if let first = store.tensors[place] {
          store.freeByteCount += size
          return first
        }
        store.tensors[place] = values
        return values
      }
    } catch {
      store.withLock { $0.freeByteCount += size }
      throw error.at(path: source.name)
    }
  }

  /// The stored bytes of the tensor at a place, as the source has them.
  public func encodedValues(at place: Int) throws(ModelFormatError) -> any TensorValues {
    try source.encodedValues(at: place)
  }

  /// The tensor at a place, as the source has it.
  public func tensor(
    _ description: TensorDescription, at place: Int, threads: Int
  ) throws(ModelFormatError) -> Tensor {
    try source.tensor(description, at: place, threads: threads)
  }

  /// The sections of the source.
  public func copyableSections() throws(ModelFormatError) -> [UnknownSection] { try source.copyableSections() }
}

/// Values in memory, cut into the pieces in which they are stored, so that results and what is known of pieces stay the
/// same.
private struct HeldValues: TensorValues {
  let memory: MemoryValues
  let stored: any TensorValues

  var byteCount: Int { memory.byteCount }
  var pieceSize: Int { stored.pieceSize }
  var isInMemory: Bool { true }

  func repeatedElement(ofPiece index: Int) -> RepeatedElement? { stored.repeatedElement(ofPiece: index) }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    try unsafe memory.read(at: offset, into: buffer)
  }

  func withValues<Result>(
    in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(ModelFormatError) -> Result
  ) throws(ModelFormatError) -> Result {
    try unsafe memory.withValues(in: range, body)
  }
}
