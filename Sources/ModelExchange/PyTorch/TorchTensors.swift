import BinaryIO
import ModelFormat

/// The tensors of a checkpoint and where their values are.
struct TorchTensors: Sendable {
  /// The place of a storage in the file.
  struct Place: Sendable {
    let region: any ByteRegion
    /// How many bytes it takes in the file.
    let storedByteCount: Int
  }

  private struct Entry: Sendable {
    let description: TensorDescription
    let tensor: TorchTensor
    let region: any ByteRegion
    let storedByteCount: Int
  }

  /// How much larger than the file all values together may be: a view may repeat an element, or be one of many of a storage.
  private static let largestExpansion = 1024
  private static let alwaysAllowed = 1 << 26

  private let entries: [Entry]
  private let isBigEndian: Bool
  let contents: ModelContents

  /// - Parameters:
  ///   - isBigEndian: whether the most significant byte of a number comes first.
  ///   - find: the place of a storage.
  init(
    _ checkpoint: TorchCheckpoint, fileSize: Int, isBigEndian: Bool = false, limits: DecodingLimits,
    _ find: (TorchStorage) throws(ModelFormatError) -> Place
  ) throws(ModelFormatError) {
    var allowance = TensorAllowance(limits)
    var entries: [Entry] = []
    // What tensors share is counted for the first of them.
    var counted: Set<ByteName> = []
    var total = 0
    let largest = CheckedArithmetic.product([fileSize, TorchTensors.largestExpansion]) ?? .max
    for named in checkpoint.tensors + checkpoint.stateTensors {
      let tensor = named.tensor
      do throws(ModelFormatError) {
        let description = try tensor.type.element.description(named: named.name, shape: tensor.shape)
        try allowance.add(description)
        // Cannot overflow: the allowance is a limit of all together.
        total += description.byteCount
        guard total <= max(largest, TorchTensors.alwaysAllowed) else {
          throw ModelFormatError(
            .limitExceeded, expected: "at most \(TorchTensors.largestExpansion) times the bytes of the file",
            found: "more")
        }
        let place = try find(tensor.storage)
        guard let size = CheckedArithmetic.product([tensor.layout.end, tensor.type.byteCount]),
          size <= place.region.byteCount
        else {
          throw ModelFormatError(
            .inconsistentLayout, expected: "a storage of at least \(tensor.layout.end) elements",
            found: "\(place.region.byteCount) bytes")
        }
        let isFirst = counted.insert(ByteName(tensor.storage.key)).inserted
        entries.append(
          Entry(
            description: description, tensor: tensor, region: place.region,
            storedByteCount: isFirst ? place.storedByteCount : 0))
      } catch { throw error.at(tensor: named.name) }
    }
    self.entries = entries
    self.isBigEndian = isBigEndian
    let descriptions = entries.map(\.description)
    let count = checkpoint.tensors.count
    contents = try ModelContents(
      ModelParts(metadata: checkpoint.attributes()), tensors: Array(descriptions[..<count]),
      stateValues: checkpoint.stateAttributes(), stateTensors: Array(descriptions[count...]))
  }

  private func arrangement(_ entry: Entry) -> Arrangement {
    Arrangement(
      region: entry.region, start: 0, layout: entry.tensor.layout,
      wordSize: isBigEndian ? entry.tensor.type.wordSize : 1)
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues {
    let entry = entries[place]
    return try entry.tensor.type.element.values(
      of: entry.description, arrangement(entry),
      advice: "convert the tensor first, as with tensor.dequantize() or torch.view_as_real(tensor), or leave it out")
  }

  func encodedValues(at place: Int) -> any TensorValues {
    entries[place].tensor.type.element.encodedValues(of: entries[place].description, arrangement(entries[place]))
  }

  func storedByteCount(at place: Int) -> Int { entries[place].storedByteCount }
}
