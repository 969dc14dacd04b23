import BinaryIO

// Files of NumPy and PyTorch for the questions about hostile files.

extension Question {
  static let archiveFiles: [String: Files] = [
    "npy": Files(
      nesting: { count in npy("{'descr': '<f4', 'shape': " + String(repeating: "(", count: min(count, 60_000))) },
      repetition: { count in npy("{" + String(repeating: "'shape': (),", count: min(count, 5_000)) + "}") },
      name: { count in npy("{'" + String(repeating: "n", count: min(count, 60_000)) + "': 1}") },
      little: npy("{'descr': '|u1', 'fortran_order': False, 'shape': (0,), }")),
    "npz": Files(
      nesting: { count in
        let text = "{\"nnkit.metadata\":\"" + String(repeating: "[", count: count) + "\"}"
        return archive([("__metadata__.npy", npyText(text))])
      },
      repetition: { count in archive([(String, [UInt8])](repeating: ("a.npy", []), count: count)) },
      name: { count in archive([(String(repeating: "n", count: min(count, 65_000)) + ".npy", npy("{}"))]) }),
    "pytorch": Files(
      nesting: { count in archive([("m/data.pkl", nested(count))]) },
      repetition: { count in archive([("m/data.pkl", repeated(count))]) },
      name: { count in archive([("m/data.pkl", named(count))]) },
      little: archive([("m/data.pkl", [0x80, 2, 0x7D, 0x2E])])),
    "pytorch-pickle": Files(
      nesting: { count in older(nested(count)) }, repetition: { count in older(repeated(count)) },
      name: { count in older(named(count)) }, little: older([0x80, 2, 0x7D, 0x2E])),
  ]

  /// Lists in each other.
  private static func nested(_ count: Int) -> [UInt8] {
    [0x80, 2] + [UInt8](repeating: 0x5D, count: count) + [UInt8](repeating: 0x61, count: count - 1) + [0x2E]
  }

  /// A dictionary that is given the same key again and again.
  private static func repeated(_ count: Int) -> [UInt8] {
    [0x80, 2, 0x7D] + (0..<count).flatMap { _ in [0x8C, 1, 0x6B, 0x4B, 1, 0x73] as [UInt8] } + [0x2E]
  }

  private static func named(_ count: Int) -> [UInt8] {
    [0x80, 2, 0x7D, 0x58] + little32(count) + [UInt8](repeating: 0x6E, count: count) + [0x4B, 1, 0x73, 0x2E]
  }

  private static func little32(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static func npy(_ text: String) -> [UInt8] {
    [0x93] + Array("NUMPY".utf8) + [2, 0] + little32(text.utf8.count) + Array(text.utf8)
  }

  private static func npyText(_ text: String) -> [UInt8] {
    npy("{'descr': '<U\(text.utf8.count)', 'fortran_order': False, 'shape': (), }")
      + text.utf8.flatMap { [$0, 0, 0, 0] as [UInt8] }
  }

  /// A file of the older form without storages.
  private static func older(_ pickle: [UInt8]) -> [UInt8] {
    [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]
      + [0x80, 2, 0x4D, 0xE9, 0x03, 0x2E, 0x80, 2, 0x7D, 0x2E] + pickle + [0x80, 2, 0x5D, 0x2E]
  }

  /// A zip archive of members that are stored.
  private static func archive(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var (file, directory) = (ByteWriter(), ByteWriter())
    for member in members {
      let offset = file.bytes.count
      var common = ByteWriter()
      common.writeLittleEndian(UInt64(0x0021_0000) << 32)
      common.writeLittleEndian(CRC32.checksum(member.bytes))
      for _ in 0..<2 { common.writeLittleEndian(UInt32(truncatingIfNeeded: member.bytes.count)) }
      common.writeLittleEndian(UInt32(truncatingIfNeeded: member.name.utf8.count))
      file.writeLittleEndian(UInt32(0x0403_4B50))
      file.writeLittleEndian(UInt16(20))
      file.write(common.bytes)
      file.write(member.name.utf8)
      file.write(member.bytes)
      directory.writeLittleEndian(UInt32(0x0201_4B50))
      directory.writeLittleEndian(UInt32(20 << 16 | 20))
      directory.write(common.bytes)
      directory.write([UInt8](repeating: 0, count: 10))
      directory.writeLittleEndian(UInt32(truncatingIfNeeded: offset))
      directory.write(member.name.utf8)
    }
    let start = file.bytes.count
    file.write(directory.bytes)
    file.writeLittleEndian(UInt32(0x0605_4B50))
    file.writeLittleEndian(UInt32(0))
    for _ in 0..<2 { file.writeLittleEndian(UInt16(truncatingIfNeeded: members.count)) }
    file.writeLittleEndian(UInt32(truncatingIfNeeded: directory.bytes.count))
    file.writeLittleEndian(UInt32(truncatingIfNeeded: start))
    file.writeLittleEndian(UInt16(0))
    return file.bytes
  }
}
