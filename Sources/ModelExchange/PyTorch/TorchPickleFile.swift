import BinaryIO
import ModelFormat

/// A checkpoint as PyTorch wrote them before 1.6, opened: pickles one after the other, and the storages after them. The
/// values have not been read.
///
/// The pickles are a magic number, the version of the protocol (1001), a dictionary about the system, the object, and the
/// keys of the storages; each storage is the number of its elements in 64 bits, and the elements, little-endian.
///
/// Source: `_legacy_save` and `_legacy_load` in PyTorch's `torch/serialization.py`.
struct TorchPickleFile: ModelFile {
  /// The pickle of the magic number 0x1950A86A20F9469CFC6C, which every file starts with. Files of Python 3 and 2 differ
  /// in nothing else.
  private static let start: [UInt8] = [
    0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]
  private static let protocolVersion = 1001

  private let source: any RandomAccessSource
  private let tensors: TorchTensors

  var name: String { source.name }
  var format: FileFormat { .pyTorchPickle }
  var fileSize: Int { source.byteCount }
  var contents: ModelContents { tensors.contents }

  static func recognises(_ start: [UInt8]) -> Bool { start.starts(with: TorchPickleFile.start) }

  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    self.source = source
    var position = TorchPickleFile.start.count
    let version = try TorchPickleFile.pickle(source, &position, limits)
    guard case .integer(TorchPickleFile.protocolVersion) = version.values[version.root] else {
      throw ModelFormatError(
        .unsupportedVersion, section: "pickle", offset: TorchPickleFile.start.count,
        expected: "the protocol \(TorchPickleFile.protocolVersion)", found: version.values[version.root].kind,
        advice: "load it with the PyTorch that wrote it and save it again")
    }
    _ = try TorchPickleFile.pickle(source, &position, limits)
    let object = try TorchPickleFile.pickle(source, &position, limits)
    let checkpoint = try TorchCheckpoint(object.values, root: object.root, limits: limits)
    let keysStart = position
    let keys = try TorchPickleFile.keys(try TorchPickleFile.pickle(source, &position, limits), at: keysStart)
    let storages = try TorchPickleFile.places(source, keys, object.values, from: position)
    tensors = try TorchTensors(checkpoint, fileSize: source.byteCount, limits: limits) {
      (storage) throws(ModelFormatError) in
      guard let place = storages[ByteName(storage.key)] else {
        throw ModelFormatError(
          .inconsistentLayout, expected: "the storage \(ByteName(storage.key).quoted) in the file", found: "none")
      }
      return TorchTensors.Place(
        region: FileRegion(source, at: place.lowerBound, byteCount: place.count), storedByteCount: place.count)
    }
  }

  /// The next pickle, and where the one after it begins.
  private static func pickle(
    _ source: any RandomAccessSource, _ position: inout Int, _ limits: DecodingLimits
  ) throws(ModelFormatError) -> (values: PickleValues, root: PickleValues.Reference) {
    var machine = PickleMachine(
      PickleReader(source, at: position, maximumCount: limits.structuredSectionSize), limits: limits)
    let root = try machine.run { (values, reference) throws(ModelFormatError) in
      try TorchPersistentID.value(values, reference)
    }
    position = machine.end
    return (machine.values, root)
  }

  private static func keys(
    _ pickle: (values: PickleValues, root: PickleValues.Reference), at offset: Int
  ) throws(ModelFormatError) -> [String] {
    func wrong(_ value: PickleValues.Value) -> ModelFormatError {
      ModelFormatError(
        .malformedValue, section: "pickle", offset: offset, expected: "a list of the keys of storages",
        found: value.kind)
    }
    guard case .list(let elements) = pickle.values[pickle.root] else { throw wrong(pickle.values[pickle.root]) }
    var keys: [String] = []
    for element in elements {
      guard case .string(let key) = pickle.values[element] else { throw wrong(pickle.values[element]) }
      keys.append(key)
    }
    return keys
  }

  /// Where the elements of each storage are. They fill the rest of the file.
  private static func places(
    _ source: any RandomAccessSource, _ keys: [String], _ values: PickleValues, from position: Int
  ) throws(ModelFormatError) -> [ByteName: Range<Int>] {
    var sizes: [ByteName: Int] = [:]
    for case .storage(let storage) in values.all { sizes[ByteName(storage.key)] = storage.type?.byteCount ?? 1 }
    var (places, next) = ([ByteName: Range<Int>](), position)
    for key in keys {
      guard source.byteCount - next >= 8 else {
        throw ModelFormatError(
          .truncated, offset: next, expected: "the size of the storage \(ByteName(key).quoted)",
          found: "\(source.byteCount - next) bytes")
      }
      let declared = integer(try source.bytes(at: next, count: 8), at: 0, UInt64.self)
      guard let elementSize = sizes[ByteName(key)] else {
        throw ModelFormatError(
          .inconsistentLayout, offset: next, expected: "storages that tensors use", found: ByteName(key).quoted)
      }
      let start = next + 8
      guard let count = Int(exactly: declared), let size = CheckedArithmetic.product([count, elementSize]),
        size <= source.byteCount - start
      else {
        throw ModelFormatError(
          .truncated, offset: start, expected: "\(declared) elements of \(elementSize) bytes",
          found: "\(source.byteCount - start) bytes")
      }
      guard places.updateValue(start..<start + size, forKey: ByteName(key)) == nil else {
        throw ModelFormatError(
          .inconsistentLayout, offset: next, expected: "each storage once", found: "\(ByteName(key).quoted) twice")
      }
      next = start + size
    }
    guard next == source.byteCount else {
      throw ModelFormatError(
        .trailingBytes, offset: next, expected: "the end of the file after the last storage",
        found: "\(source.byteCount - next) more bytes")
    }
    return places
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues { try tensors.values(at: place) }

  func encodedValues(at place: Int) -> any TensorValues { tensors.encodedValues(at: place) }

  func storedByteCount(at place: Int) -> Int { tensors.storedByteCount(at: place) }
}
