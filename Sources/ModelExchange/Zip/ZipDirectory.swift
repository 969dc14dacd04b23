import BinaryIO
import ModelFormat

/// The directory at the end of a zip archive: what members there are and where.
///
/// An archive is one file whose members lie apart from one another, each stored or deflated, with or without the 64-bit
/// records of large archives. Source: PKWARE's APPNOTE.TXT, version 6.3.10, sections 4.3 and 4.5.3.
struct ZipDirectory {
  /// The signature of the record at the end of an archive.
  static let endSignature: UInt32 = 0x0605_4B50
  static let entrySignature: UInt32 = 0x0201_4B50
  static let largeEndSignature: UInt32 = 0x0606_4B50
  static let locatorSignature: UInt32 = 0x0706_4B50
  static let endSize = 22
  static let largeEndSize = 56
  static let locatorSize = 20
  static let entrySize = 46
  private static let largestComment = 65_535

  /// The members in the order of the directory.
  private(set) var entries: [ZipEntry] = []

  /// Reads the directory, and nothing of the members.
  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    let place = try ZipDirectory.place(source)
    guard place.count <= limits.sectionCount else {
      throw ModelFormatError(
        .limitExceeded, section: "directory", expected: "at most \(limits.sectionCount) members",
        found: "\(place.count)")
    }
    guard place.size <= limits.structuredSectionSize else {
      throw ModelFormatError(
        .limitExceeded, section: "directory", expected: "a directory of at most \(limits.structuredSectionSize) bytes",
        found: "\(place.size)")
    }
    guard place.count <= place.size / ZipDirectory.entrySize else {
      throw ModelFormatError(
        .inconsistentLayout, section: "directory", offset: place.offset,
        expected: "at least \(ZipDirectory.entrySize) bytes for each of \(place.count) members",
        found: "\(place.size) bytes")
    }
    var reader = ZipEntryReader(
      try source.bytes(at: place.offset, count: place.size), at: place.offset)
    entries.reserveCapacity(place.count)
    for _ in 0..<place.count { entries.append(try reader.readEntry(directoryOffset: place.offset)) }
    guard reader.isAtEnd else {
      throw ModelFormatError(
        .inconsistentLayout, section: "directory", offset: place.offset, expected: "\(place.count) members",
        found: "more")
    }
    try checkNames()
    try checkLayout(end: place.offset)
  }

  private func checkNames() throws(ModelFormatError) {
    var names: Set<ByteName> = []
    names.reserveCapacity(entries.count)
    for entry in entries where !names.insert(ByteName(entry.name)).inserted {
      throw ModelFormatError(
        .inconsistentLayout, section: "directory", expected: "each member once",
        found: "\(ByteName(entry.name).quoted) twice")
    }
  }

  /// Finds where each member has to end, and refuses those that cannot.
  private mutating func checkLayout(end: Int) throws(ModelFormatError) {
    let order = entries.indices.sorted { entries[$0].headerOffset < entries[$1].headerOffset }
    for (place, next) in zip(order, order.dropFirst().map { entries[$0].headerOffset } + [end]) {
      entries[place].limit = next
      let entry = entries[place]
      let smallest = ZipMember.headerSize + entry.name.utf8.count
      guard let stored = CheckedArithmetic.sum(entry.headerOffset, smallest, entry.storedSize), stored <= next else {
        throw ModelFormatError(
          .inconsistentLayout, section: "directory", offset: entry.headerOffset,
          expected: "the member \(ByteName(entry.name).quoted) to end at \(next), where something else begins",
          found: "\(entry.storedSize) bytes that go on after it")
      }
    }
  }
}

extension ZipDirectory {
  /// Where the directory is, and how many members it has.
  private struct Place {
    var offset: Int
    var size: Int
    var count: Int
  }

  private static func place(_ source: any RandomAccessSource) throws(ModelFormatError) -> Place {
    let (end, endOffset) = try endRecord(source)
    let small = (
      disk: integer(end, at: 4, UInt16.self), directoryDisk: integer(end, at: 6, UInt16.self),
      countHere: integer(end, at: 8, UInt16.self), count: integer(end, at: 10, UInt16.self),
      size: integer(end, at: 12, UInt32.self), offset: integer(end, at: 16, UInt32.self)
    )
    var place = Place(offset: Int(small.offset), size: Int(small.size), count: Int(small.count))
    var directoryEnd = endOffset
    if let large = try largeEnd(source, before: endOffset) {
      (place, directoryEnd) = (large.place, large.offset)
      let agrees = [
        small.count == .max || Int(small.count) == place.count, small.size == .max || Int(small.size) == place.size,
        small.offset == .max || Int(small.offset) == place.offset,
      ].allSatisfy(\.self)
      guard agrees else {
        throw ModelFormatError(
          .inconsistentLayout, section: "directory", offset: endOffset,
          expected: "the same directory as in the record of a large archive", found: "another")
      }
    } else {
      guard small.disk == 0, small.directoryDisk == 0, small.countHere == small.count else {
        throw ModelFormatError(
          .unsupported, section: "directory", offset: endOffset, expected: "an archive in one file",
          found: "a part of one", advice: "join the parts first")
      }
    }
    guard CheckedArithmetic.sum(place.offset, place.size) == directoryEnd else {
      throw ModelFormatError(
        .inconsistentLayout, section: "directory", offset: endOffset,
        expected: "a directory that ends at \(directoryEnd)", found: "\(place.size) bytes from \(place.offset) on")
    }
    return place
  }

  /// The last record of the archive and where it is.
  private static func endRecord(_ source: any RandomAccessSource) throws(ModelFormatError) -> ([UInt8], Int) {
    // Nearly always there is no comment after it.
    for size in [endSize, endSize + largestComment] {
      let count = min(size, source.byteCount)
      let start = source.byteCount - count
      let tail = try source.bytes(at: start, count: count)
      for position in stride(from: count - endSize, through: 0, by: -1)
      where integer(tail, at: position, UInt32.self) == endSignature
        && position + endSize + Int(integer(tail, at: position + 20, UInt16.self)) == count
      {
        return (Array(tail[position..<position + endSize]), start + position)
      }
    }
    throw ModelFormatError(
      .truncated, section: "directory", offset: source.byteCount,
      expected: "the directory that ends a zip archive", found: "the end of the file")
  }

  /// The record that a large archive has before the last one; nil where there is none.
  private static func largeEnd(
    _ source: any RandomAccessSource, before endOffset: Int
  ) throws(ModelFormatError) -> (place: Place, offset: Int)? {
    guard endOffset >= locatorSize else { return nil }
    let locatorOffset = endOffset - locatorSize
    let locator = try source.bytes(at: locatorOffset, count: locatorSize)
    guard integer(locator, at: 0, UInt32.self) == locatorSignature else { return nil }
    func wrong(_ expected: String, _ found: String) -> ModelFormatError {
      ModelFormatError(
        .inconsistentLayout, section: "directory", offset: locatorOffset, expected: expected, found: found)
    }
    let declared = integer(locator, at: 8, UInt64.self)
    guard let offset = Int(exactly: declared), let recordEnd = CheckedArithmetic.sum(offset, largeEndSize),
      recordEnd <= locatorOffset
    else { throw wrong("the record of a large archive before \(locatorOffset)", "offset \(declared)") }
    let record = try source.bytes(at: offset, count: largeEndSize)
    guard integer(record, at: 0, UInt32.self) == largeEndSignature,
      let size = Int(exactly: integer(record, at: 4, UInt64.self)),
      CheckedArithmetic.sum(offset, 12, size) == locatorOffset
    else { throw wrong("the record of a large archive that ends at \(locatorOffset)", "something else at \(offset)") }
    guard integer(record, at: 16, UInt32.self) == 0, integer(record, at: 20, UInt32.self) == 0,
      let count = Int(exactly: integer(record, at: 32, UInt64.self)),
      let directorySize = Int(exactly: integer(record, at: 40, UInt64.self)),
      let directoryOffset = Int(exactly: integer(record, at: 48, UInt64.self))
    else { throw wrong("sizes of a directory in this file", "others") }
    return (Place(offset: directoryOffset, size: directorySize, count: count), offset)
  }
}
