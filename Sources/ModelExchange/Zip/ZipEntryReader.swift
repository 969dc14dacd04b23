import BinaryIO
import ModelFormat

/// A cursor over the entries of a zip archive's directory.
struct ZipEntryReader {
  private static let encryptedFlags: UInt16 = 1 << 0 | 1 << 6 | 1 << 13
  private static let descriptorFlag: UInt16 = 1 << 3
  /// The extra field with the numbers that do not fit in 32 bits.
  private static let largeField: UInt16 = 1

  private let bytes: [UInt8]
  /// Where the directory begins in the file.
  private let offset: Int
  private var position = 0

  init(_ bytes: [UInt8], at offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  var isAtEnd: Bool { position == bytes.count }

  /// - Parameter directoryOffset: members begin before it.
  mutating func readEntry(directoryOffset: Int) throws(ModelFormatError) -> ZipEntry {
    let start = position
    guard bytes.count - start >= ZipDirectory.entrySize,
      integer(bytes, at: start, UInt32.self) == ZipDirectory.entrySignature
    else { throw wrong(.inconsistentLayout, at: start, "a member of the directory", "something else") }
    let (nameSize, extraSize, commentSize) = (number16(start + 28), number16(start + 30), number16(start + 32))
    let nameStart = start + ZipDirectory.entrySize
    guard bytes.count - nameStart >= nameSize + extraSize + commentSize else {
      throw wrong(.inconsistentLayout, at: start, "a member that ends in the directory", "one that goes on after it")
    }
    position = nameStart + nameSize + extraSize + commentSize
    guard let name = String(validating: bytes[nameStart..<nameStart + nameSize], as: UTF8.self) else {
      throw wrong(
        .unsupported, at: nameStart, "names of members in UTF-8", "another encoding",
        advice: "write the archive again with another program")
    }
    let flags = integer(bytes, at: start + 8, UInt16.self)
    guard flags & ZipEntryReader.encryptedFlags == 0 else {
      throw wrong(
        .unsupported, at: start, "a member that is not encrypted", ByteName(name).quoted,
        advice: "decrypt the archive first")
    }
    let declaredMethod = integer(bytes, at: start + 10, UInt16.self)
    guard let method = ZipEntry.Method(rawValue: declaredMethod) else {
      throw wrong(
        .unsupported, at: start, "the method stored (0) or deflated (8)",
        "method \(declaredMethod) of \(ByteName(name).quoted)",
        advice: "write the archive with one of these methods")
    }
    let sizes = try sizes(ofEntryAt: start, extra: nameStart + nameSize..<nameStart + nameSize + extraSize)
    let entry = ZipEntry(
      name: name, method: method, hasDescriptor: flags & ZipEntryReader.descriptorFlag != 0,
      checksum: integer(bytes, at: start + 16, UInt32.self), storedSize: sizes.stored, size: sizes.whole,
      headerOffset: sizes.header, limit: directoryOffset)
    guard entry.headerOffset < directoryOffset else {
      throw wrong(.inconsistentLayout, at: start, "a member before \(directoryOffset)", "\(entry.headerOffset)")
    }
    try check(entry, at: start)
    return entry
  }

  /// Refuses sizes that a member cannot have.
  private func check(_ entry: ZipEntry, at start: Int) throws(ModelFormatError) {
    switch entry.method {
    case .stored:
      guard entry.size == entry.storedSize else {
        throw wrong(
          .inconsistentLayout, at: start, "one size for the stored member \(ByteName(entry.name).quoted)",
          "\(entry.size) and \(entry.storedSize)")
      }
    case .deflated:
      guard entry.size / Zlib.maximumExpansion <= entry.storedSize else {
        throw wrong(
          .limitExceeded, at: start,
          "at most \(Zlib.maximumExpansion) times the \(entry.storedSize) bytes that are stored",
          "\(entry.size) bytes")
      }
    }
  }

  private func sizes(
    ofEntryAt start: Int, extra: Range<Int>
  ) throws(ModelFormatError) -> (stored: Int, whole: Int, header: Int) {
    let (stored, whole) = (integer(bytes, at: start + 20, UInt32.self), integer(bytes, at: start + 24, UInt32.self))
    let header = integer(bytes, at: start + 42, UInt32.self)
    guard number16(start + 34) == 0 || number16(start + 34) == 0xFFFF else {
      throw wrong(.unsupported, at: start, "an archive in one file", "a part of one", advice: "join the parts first")
    }
    var place = largeNumbers(extra)
    func number(_ small: UInt32) throws(ModelFormatError) -> Int {
      guard small == .max, let range = place else { return Int(small) }
      guard range.count >= 8, let number = Int(exactly: integer(bytes, at: range.lowerBound, UInt64.self)) else {
        throw wrong(.inconsistentLayout, at: start, "the sizes of a large member", "none that fit in 63 bits")
      }
      place = range.lowerBound + 8..<range.upperBound
      return number
    }
    // The order in which the extra field has those that are in it.
    let wholeSize = try number(whole)
    let storedSize = try number(stored)
    return (storedSize, wholeSize, try number(header))
  }

  /// Where the numbers of a large member are; nil where there are none.
  private func largeNumbers(_ extra: Range<Int>) -> Range<Int>? {
    var position = extra.lowerBound
    while extra.upperBound - position >= 4 {
      let end = position + 4 + number16(position + 2)
      guard end <= extra.upperBound else { return nil }
      if integer(bytes, at: position, UInt16.self) == ZipEntryReader.largeField { return position + 4..<end }
      position = end
    }
    return nil
  }

  private func number16(_ position: Int) -> Int { Int(integer(bytes, at: position, UInt16.self)) }

  private func wrong(
    _ code: ModelFormatError.Code, at position: Int, _ expected: String, _ found: String, advice: String? = nil
  ) -> ModelFormatError {
    ModelFormatError(
      code, section: "directory", offset: offset + position, expected: expected, found: found, advice: advice)
  }
}
