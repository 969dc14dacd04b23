/// A member of a zip archive, as the directory at the end of the archive describes it.
struct ZipEntry {
  /// How the bytes of a member are stored.
  enum Method: UInt16 {
    case stored = 0
    case deflated = 8
  }

  let name: String
  let method: Method
  /// Whether the checksum and the sizes follow the bytes, and need not be in front of them.
  let hasDescriptor: Bool
  /// The CRC-32 of the bytes.
  let checksum: UInt32
  /// The size of the bytes as they are stored.
  let storedSize: Int
  /// The size of the bytes.
  let size: Int
  /// Where the header of the member is.
  let headerOffset: Int
  /// Where something else begins in the archive.
  var limit: Int
}
