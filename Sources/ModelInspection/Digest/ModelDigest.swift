import BinaryIO
public import Hashing
public import ModelFormat

/// What a model is, in 32 bytes: SHA-256 of its content, whatever the file that holds it looks like.
///
/// Two models have the same digest of a scope exactly when they agree in all of the scope, bit for bit; that two others
/// ever have the same is not to be expected. Format, compression, chunks, shards, the order of tensors and of keys and
/// the number of threads make no difference. `specs/digest.md` defines the digests, so that other programs can compute
/// them.
public struct ModelDigest: Equatable, Sendable {
  /// How much of a model a digest is of. History and training state belong to none.
  public enum Scope: String, CaseIterable, Sendable {
    /// The tensors: names, types, shapes and values.
    case tensors
    /// The tensors and the topology.
    case topology
    /// The tensors, the topology and the metadata.
    case metadata
  }

  /// The digest of one tensor.
  public struct TensorDigest: Equatable, Sendable {
    /// Name, type and shape.
    public let tensor: TensorDescription
    /// Of these and the values.
    public let digest: SHA256Digest
  }

  /// The digest of each tensor, in the order of the bytes of the names.
  public let tensors: [TensorDigest]
  private let digests: [SHA256Digest]

  /// The digest of a scope.
  public subscript(scope: Scope) -> SHA256Digest {
    switch scope {
    case .tensors: digests[0]
    case .topology: digests[1]
    case .metadata: digests[2]
    }
  }

  /// The digest of the tensor of a name; nil when there is none. O(log n).
  public func digest(ofTensorNamed name: String) -> SHA256Digest? {
    var (low, high) = (0, tensors.count)
    while low < high {
      let middle = (low + high) / 2
      if ByteName(tensors[middle].tensor.name) < ByteName(name) { low = middle + 1 } else { high = middle }
    }
    guard low < tensors.count, ByteName(tensors[low].tensor.name) == ByteName(name) else { return nil }
    return tensors[low].digest
  }

  /// Reads all values of the tensors, which verifies them, and hashes them. Memory: a piece for each thread.
  ///
  /// - Parameter threads: how many threads share the work; nil for one per processor. The digests are the same.
  /// - Throws: any error of the source; an error of the hash where nothing can be hashed.
  public init(of source: any ModelSource, threads: Int? = nil) throws(DigestError) {
    let contents = source.contents
    let roots = try TensorRoots.roots(of: source, threads: threads)
    let digests = try hashing { () throws(HashingError) -> (tensors: [TensorDigest], all: [SHA256Digest]) in
      var hash = try SHA256()
      var tensors: [TensorDigest] = []
      tensors.reserveCapacity(roots.count)
      for (tensor, root) in zip(contents.tensors, roots) {
        tensors.append(TensorDigest(tensor: tensor, digest: try ModelDigest.digest(of: tensor, root, &hash)))
      }
      tensors.sort { ByteName($0.tensor.name) < ByteName($1.tensor.name) }
      return (tensors, try ModelDigest.digests(tensors, contents.parts, &hash))
    }
    (tensors, self.digests) = (digests.tensors, digests.all)
  }
}

extension ModelDigest {
  /// What a message is about: 16 bytes at its beginning, so that no two kinds of messages are ever the same.
  private enum Domain: String {
    case tensor = "nnkit tensor 1"
    case tensors = "nnkit tensors 1"
    case topology = "nnkit topology 1"
    case metadata = "nnkit metadata 1"
    case model = "nnkit model 1"

    var bytes: [UInt8] {
      let name = Array(rawValue.utf8)
      return name + [UInt8](repeating: 0, count: 16 - name.count)
    }
  }

  private static func digest(
    of tensor: TensorDescription, _ root: SHA256Digest, _ hash: inout SHA256
  ) throws(HashingError) -> SHA256Digest {
    var message = ByteWriter()
    message.write(Domain.tensor.bytes)
    for text in [tensor.name, tensor.typeName] {
      message.writeLittleEndian(UInt64(text.utf8.count))
      message.write(text.utf8)
    }
    message.writeLittleEndian(UInt64(tensor.shape.count))
    for dimension in tensor.shape { message.writeLittleEndian(UInt64(dimension)) }
    message.writeLittleEndian(UInt64(tensor.encodedByteCount))
    message.write(root.bytes)
    return try hash.digest(of: message.bytes)
  }

  /// The digests of all scopes, in their order.
  private static func digests(
    _ tensors: [TensorDigest], _ parts: ModelParts, _ hash: inout SHA256
  ) throws(HashingError) -> [SHA256Digest] {
    var list = ByteWriter()
    list.write(Domain.tensors.bytes)
    list.writeLittleEndian(UInt64(tensors.count))
    for tensor in tensors { list.write(tensor.digest.bytes) }
    let all = try hash.digest(of: list.bytes)
    let topology = try hash.digest(of: Domain.topology.bytes + (parts.topology?.structured.encoded() ?? []))
    let metadata = try hash.digest(of: Domain.metadata.bytes + parts.metadata.structured.encoded())
    func model(_ last: SHA256Digest, _ hash: inout SHA256) throws(HashingError) -> SHA256Digest {
      try hash.digest(of: Domain.model.bytes + all.bytes + topology.bytes + last.bytes)
    }
    return [all, try model(.zero, &hash), try model(metadata, &hash)]
  }
}
