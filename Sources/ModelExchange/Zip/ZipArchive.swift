import BinaryIO
import ModelFormat

/// A zip archive, opened: its directory has been read, its members have not.
struct ZipArchive: Sendable {
  /// The bytes that an archive with members starts with, and one without.
  static let signatures: [[UInt8]] = [[0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6]]

  private let source: any RandomAccessSource
  private let cache = InflatedCache()
  /// The members in the order of the directory.
  let entries: [ZipEntry]
  private let places: [ByteName: Int]
  private let acceptsNoChecksum: Bool

  /// - Parameter acceptsNoChecksum: whether a CRC-32 of 0 says that none was computed.
  init(
    _ source: any RandomAccessSource, acceptsNoChecksum: Bool = false, limits: DecodingLimits
  ) throws(ModelFormatError) {
    self.source = source
    self.acceptsNoChecksum = acceptsNoChecksum
    entries = try ZipDirectory(source, limits: limits).entries
    var places: [ByteName: Int] = [:]
    places.reserveCapacity(entries.count)
    for (place, entry) in entries.enumerated() { places[ByteName(entry.name)] = place }
    self.places = places
  }

  /// The bytes of a member.
  func member(at place: Int) -> ZipMember {
    ZipMember(source, entries[place], cache, acceptsNoChecksum: acceptsNoChecksum)
  }

  /// The place of the member of that name; nil when there is none.
  func place(of name: String) -> Int? { places[ByteName(name)] }

  /// The name of the first member, from its own header; nil for anything but an archive with one.
  static func firstName(_ source: any RandomAccessSource) throws(ModelFormatError) -> String? {
    guard source.byteCount >= ZipMember.headerSize else { return nil }
    let header = try source.bytes(at: 0, count: ZipMember.headerSize)
    guard integer(header, at: 0, UInt32.self) == ZipMember.signature else { return nil }
    let size = Int(integer(header, at: 26, UInt16.self))
    guard size <= source.byteCount - ZipMember.headerSize else { return nil }
    return String(validating: try source.bytes(at: ZipMember.headerSize, count: size), as: UTF8.self)
  }
}
