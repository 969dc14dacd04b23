import BinaryIO
import ModelFormat

/// A checkpoint of PyTorch 1.6 and later, or a module of TorchScript, opened: a zip archive with a pickle and a member for
/// each storage. Only the pickle has been read.
///
/// | member | content |
/// |---|---|
/// | `NAME/data.pkl` | a pickle, which speaks of storages by their keys |
/// | `NAME/data/KEY` | the elements of a storage |
/// | `NAME/byteorder` | `little` or `big` |
///
/// Source: PyTorch's `torch/serialization.py` and `caffe2/serialize/inline_container.cc`.
struct TorchArchiveFile: ModelFile {
  private static let pickleSuffix = "/data.pkl"
  private static let longestOrder = 16

  private let source: any RandomAccessSource
  private let tensors: TorchTensors

  var name: String { source.name }
  var format: FileFormat { .pyTorch }
  var fileSize: Int { source.byteCount }
  var contents: ModelContents { tensors.contents }

  /// Whether a file is one, sound or not: a zip archive that has a pickle by that name, or whose directory cannot be read.
  /// Of a pipe it cannot be told yet.
  static func recognises(
    _ start: [UInt8], _ source: any RandomAccessSource
  ) throws(ModelFormatError) -> Bool {
    guard start.starts(with: ZipArchive.signatures[0]) else { return false }
    guard source.byteCount > start.count else { return true }
    do throws(ModelFormatError) {
      return pickle(in: try ZipDirectory(source, limits: DecodingLimits()).entries) != nil
    } catch {
      if error.code == .file { throw error }
      return true
    }
  }

  /// The place of the pickle among the members; nil where there is none.
  private static func pickle(in entries: [ZipEntry]) -> Int? {
    entries.firstIndex { entry in
      entry.name.hasByteSuffix(pickleSuffix)
        && !entry.name.utf8.dropLast(pickleSuffix.utf8.count).contains(UInt8(ascii: "/"))
    }
  }

  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    self.source = source
    // PyTorch can be told not to compute checksums, and writes 0 then.
    let archive = try ZipArchive(source, acceptsNoChecksum: true, limits: limits)
    guard let place = TorchArchiveFile.pickle(in: archive.entries) else {
      throw ModelFormatError(
        .unsupported, section: "directory", expected: "the member data.pkl of a checkpoint of PyTorch",
        found: archive.entries.first.map { ByteName($0.name).quoted } ?? "an empty archive")
    }
    let member = archive.member(at: place)
    guard member.byteCount <= limits.structuredSectionSize else {
      throw ModelFormatError(
        .limitExceeded, section: "pickle", expected: "at most \(limits.structuredSectionSize) bytes",
        found: "\(member.byteCount)")
    }
    let prefix = String(
      decoding: member.entry.name.utf8.dropLast(TorchArchiveFile.pickleSuffix.utf8.count), as: UTF8.self)
    let pickle = MemorySource(try member.bytes(), name: source.name)
    var machine = PickleMachine(
      PickleReader(pickle, at: 0, maximumCount: pickle.byteCount), limits: limits)
    let root = try machine.run { (values, reference) throws(ModelFormatError) in
      try TorchPersistentID.value(values, reference)
    }
    guard machine.end == pickle.byteCount else {
      throw ModelFormatError(
        .trailingBytes, section: "pickle", offset: machine.end, expected: "the end of the pickle",
        found: "\(pickle.byteCount - machine.end) more bytes")
    }
    let checkpoint = try TorchCheckpoint(machine.values, root: root, limits: limits)
    var members: [ByteName: ZipMember] = [:]
    tensors = try TorchTensors(
      checkpoint, fileSize: source.byteCount, isBigEndian: try TorchArchiveFile.isBigEndian(archive, prefix),
      limits: limits
    ) { (storage) throws(ModelFormatError) in
      let key = ByteName(storage.key)
      if let member = members[key] {
        return TorchTensors.Place(region: member, storedByteCount: member.entry.storedSize)
      }
      let name = "\(prefix)/data/\(storage.key)"
      guard let place = archive.place(of: name) else {
        throw ModelFormatError(
          .inconsistentLayout, expected: "a member \(ByteName(name).quoted) with the values", found: "none")
      }
      let member = archive.member(at: place)
      members[key] = member
      return TorchTensors.Place(region: member, storedByteCount: member.entry.storedSize)
    }
  }

  private static func isBigEndian(_ archive: ZipArchive, _ prefix: String) throws(ModelFormatError) -> Bool {
    guard let place = archive.place(of: prefix + "/byteorder") else { return false }
    let member = archive.member(at: place)
    let order = member.byteCount > longestOrder ? [] : try member.bytes()
    if order.elementsEqual("little".utf8) { return false }
    if order.elementsEqual("big".utf8) { return true }
    throw ModelFormatError(
      .unsupported, offset: member.entry.headerOffset, expected: "the order of bytes little or big",
      found: ByteName(String(decoding: order, as: UTF8.self)).quoted)
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues { try tensors.values(at: place) }

  func encodedValues(at place: Int) -> any TensorValues { tensors.encodedValues(at: place) }

  func storedByteCount(at place: Int) -> Int { tensors.storedByteCount(at: place) }
}
