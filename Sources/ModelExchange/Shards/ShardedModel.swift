import BinaryIO
import ModelFormat

/// A model in several files, opened: the headers of all are read, the values are not.
///
/// The index and the shards must agree: each tensor is in the shard that the index names, and in no other.
struct ShardedModel: ModelFile {
  /// Where a tensor is.
  private struct Place {
    let shard: Int
    let place: Int
  }

  private let shards: [any ModelFile]
  private let places: [Place]

  let name: String
  let contents: ModelContents
  let fileSize: Int

  var format: FileFormat { .shards }
  /// The shards and the index.
  var fileCount: Int { shards.count + 1 }
  var omissions: [FileFormat.Loss] { shards.flatMap(\.omissions) }

  /// - Parameter formats: those that shards may have.
  init(
    _ source: any RandomAccessSource, among formats: [FileFormat], limits: DecodingLimits
  ) throws(ModelFormatError) {
    name = source.name
    let open = OpenShards(in: try ModelFolder(of: source))
    let index = try ShardIndex(source, limits: limits)
    var (shards, places) = ([any ModelFile](), [Place]())
    var parts = ShardParts(index.metadata, of: FilePath.split(source.name).name, limits: limits)
    var tensors: [TensorDescription] = []
    var found: [ByteName: Int] = [:]
    var (fileSize, byteCount, left) = (source.byteCount, 0, limits)
    for (number, file) in index.shards.enumerated() {
      let shard = try ShardedModel.open(file, of: open, among: formats, limits: left, at: source.name)
      for (place, tensor) in shard.contents.tensors.enumerated() {
        let key = ByteName(tensor.name)
        if let other = found.updateValue(number, forKey: key) {
          throw ModelFormatError(
            .duplicateTensor, tensor: tensor.name, expected: "each tensor in one shard",
            found: "it in \(ByteName(index.shards[other]).quoted) too"
          ).at(path: shard.name)
        }
        guard let expected = index.places[key] else {
          throw ModelFormatError(
            .inconsistentLayout, tensor: tensor.name, expected: "tensors that the index names",
            found: "one that is not in it", advice: ShardedModel.advice
          ).at(path: shard.name)
        }
        guard expected == number else {
          throw ModelFormatError(
            .inconsistentLayout, tensor: tensor.name,
            expected: "it in \(ByteName(index.shards[expected]).quoted), as the index says", found: "it in this shard",
            advice: ShardedModel.advice
          ).at(path: shard.name)
        }
        tensors.append(tensor)
        places.append(Place(shard: number, place: place))
        byteCount += tensor.encodedByteCount
      }
      try parts.add(shard, named: file)
      // Each shard may take what the others have left.
      left.tensorCount = limits.tensorCount - tensors.count
      left.totalTensorSize = limits.totalTensorSize - byteCount
      fileSize += shard.fileSize
      shards.append(shard)
    }
    if let (tensor, number) = index.places.filter({ found[$0.key] == nil }).min(by: { $0.key < $1.key }) {
      throw ModelFormatError(
        .inconsistentLayout, tensor: tensor.text,
        expected: "it in \(ByteName(index.shards[number]).quoted), as the index says", found: "no tensor of that name",
        advice: ShardedModel.advice
      ).at(path: shards[number].name)
    }
    // Programs that pickle count values once that several tensors share.
    if let size = index.totalSize, size != byteCount, shards.allSatisfy({ $0.format == .safetensors }) {
      throw ModelFormatError(
        .inconsistentLayout, section: "index", expected: "\(size) bytes of values, the total_size of the index",
        found: "\(byteCount) in \(shards.count) \(shards.count == 1 ? "shard" : "shards")",
        advice: ShardedModel.advice)
    }
    (self.shards, self.places, self.fileSize) = (shards, places, fileSize)
    contents = try ModelContents(parts.parts, tensors: tensors)
  }

  private static let advice =
    "index and shards are of different models or versions: copy all files of the model again"

  private static func open(
    _ file: String, of shards: OpenShards, among formats: [FileFormat], limits: DecodingLimits, at index: String
  ) throws(ModelFormatError) -> any ModelFile {
    let shard: any ModelFile
    do throws(ModelFormatError) {
      shard = try FileFormat.open(try ShardSource(file, of: shards), among: formats, limits: limits)
    } catch {
      guard error.fileError?.reason == .notFound else { throw error }
      throw ModelFormatError(
        .truncated, expected: "the shard \(ByteName(file).quoted), which the index names", found: "no such file",
        advice: "copy all files of the model into one folder"
      ).at(path: index)
    }
    guard formats.contains(shard.format) else {
      throw ModelFormatError(
        .unsupported, expected: "a shard of another format", found: "a model of the format \(shard.format.name)",
        advice: "open the file by itself"
      ).at(path: shard.name)
    }
    return shard
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues {
    try shards[places[place].shard].values(at: places[place].place)
  }

  func encodedValues(at place: Int) throws(ModelFormatError) -> any TensorValues {
    try shards[places[place].shard].encodedValues(at: places[place].place)
  }

  func storedByteCount(at place: Int) -> Int {
    shards[places[place].shard].storedByteCount(at: places[place].place)
  }
}
