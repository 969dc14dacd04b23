import BinaryIO
import ModelFormat
import NPY

/// An `.npz` file, opened: a zip archive whose members are arrays. Their headers have been read, their values have not.
struct NumPyArchiveFile: ModelFile {
  private let source: any RandomAccessSource
  private let arrays: [NumPyArray]
  private let storedSizes: [Int]

  let contents: ModelContents

  var name: String { source.name }
  var format: FileFormat { .numPyArchive }
  var fileSize: Int { source.byteCount }

  /// What NumPy appends to the name of an array.
  static let suffix = ".npy"

  /// Whether a file is one of NumPy's archives, sound or not: a zip archive whose first member is an array, or that has
  /// none. Of a pipe it cannot be told yet.
  static func recognises(_ start: [UInt8], _ source: any RandomAccessSource) throws(ModelFormatError) -> Bool {
    if start.starts(with: ZipArchive.signatures[1]) { return true }
    guard start.starts(with: ZipArchive.signatures[0]) else { return false }
    guard source.byteCount > start.count else { return true }
    return try ZipArchive.firstName(source)?.hasByteSuffix(suffix) ?? false
  }

  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    self.source = source
    let archive = try ZipArchive(source, limits: limits)
    var allowance = TensorAllowance(limits)
    var (arrays, sizes) = ([NumPyArray](), [Int]())
    var texts = NumPyTexts(limits)
    for place in archive.entries.indices {
      let entry = archive.entries[place]
      // Folders, where another program has packed the archive.
      if entry.name.hasByteSuffix("/"), entry.size == 0 { continue }
      guard entry.name.hasByteSuffix(NumPyArchiveFile.suffix) else {
        throw ModelFormatError(
          .unsupported, offset: entry.headerOffset, expected: "members that are arrays, named with .npy at their end",
          found: ByteName(entry.name).quoted, advice: "take that member out of the archive")
      }
      let name = String(decoding: entry.name.utf8.dropLast(NumPyArchiveFile.suffix.utf8.count), as: UTF8.self)
      let member = archive.member(at: place)
      do throws(ModelFormatError) {
        let header = try NumPyArray.headerBytes { (count) throws(ModelFormatError) in try member.beginning(count) }
        if NPYText.isText(header: header) {
          try texts.add(named: name, member)
          continue
        }
        let array = try NumPyArray(named: name, member, headerBytes: header)
        try allowance.add(array.description)
        arrays.append(array)
        sizes.append(entry.storedSize)
      } catch { throw error.at(tensor: name) }
    }
    self.arrays = arrays
    storedSizes = sizes
    contents = try ModelContents(try texts.parts(), tensors: arrays.map(\.description))
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues { try arrays[place].values() }

  func encodedValues(at place: Int) -> any TensorValues { arrays[place].encodedValues() }

  func storedByteCount(at place: Int) -> Int { storedSizes[place] }
}

extension String {
  /// Whether the bytes of the name end so.
  func hasByteSuffix(_ suffix: String) -> Bool { utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
}
