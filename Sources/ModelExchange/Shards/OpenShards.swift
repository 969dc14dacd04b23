import BinaryIO
import ModelFormat
import Threads

/// The shards of a model that are open: a few at a time, so that a model may have more of them than a process may open.
final class OpenShards: Sendable {
  private struct Entry {
    let name: String
    let source: FileSource
  }

  private let folder: ModelFolder
  private let capacity: Int
  /// Those that were used last come last.
  private let entries = Lock<[Entry]>([])

  /// - Parameter capacity: how many shards stay open. Each thread that reads may have one more.
  init(in folder: ModelFolder, capacity: Int = 32) {
    self.folder = folder
    self.capacity = capacity
  }

  /// The shard of that name, opened if it is not.
  ///
  /// - Throws: what `ModelFolder.open(_:)` throws.
  func source(_ name: String) throws(ModelFormatError) -> FileSource {
    let key = ByteName(name)
    let known: FileSource? = entries.withLock { entries in
      guard let place = entries.lastIndex(where: { ByteName($0.name) == key }) else { return nil }
      let entry = entries.remove(at: place)
      entries.append(entry)
      return entry.source
    }
    if let known { return known }
    let source = try folder.open(name)
    entries.withLock { entries in
      if entries.count >= capacity { entries.removeFirst() }
      entries.append(Entry(name: name, source: source))
    }
    return source
  }
}

/// A shard that is opened when it is read.
struct ShardSource: RandomAccessSource {
  private let shards: OpenShards
  private let file: String
  /// The path.
  let name: String
  let byteCount: Int

  /// - Throws: what `ModelFolder.open(_:)` throws.
  init(_ file: String, of shards: OpenShards) throws(ModelFormatError) {
    self.shards = shards
    self.file = file
    let source = try shards.source(file)
    (name, byteCount) = (source.name, source.byteCount)
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let source: FileSource
    do throws(ModelFormatError) { source = try shards.source(file) } catch {
      // It was there when the model was opened, and its name was right.
      throw error.fileError ?? FileError(operation: .open, path: name, reason: .notFound)
    }
    return try unsafe source.read(at: offset, into: buffer)
  }
}
