import BinaryIO

@testable import ModelExchange

/// A zip archive with right checksums, whatever is in it.
package enum ArchiveOfMembers {
  package static func file(_ members: [(name: String, bytes: [UInt8])], isDeflated: Bool) -> [UInt8] {
    do {
      var archive = ZipWriter(MemorySink())
      for member in members {
        try archive.begin(member.name, isDeflated ? .deflated : .stored, size: member.bytes.count)
        try archive.write(isDeflated ? try deflated(member.bytes) : member.bytes)
        try archive.end(checksum: CRC32.checksum(member.bytes))
      }
      return try archive.finish().bytes
    } catch {
      require(false, "an archive cannot be written: \(error)")
      return []
    }
  }

  private static func deflated(_ bytes: [UInt8]) throws -> [UInt8] {
    try bytes.withBytes { (buffer) throws(CompressionError) in
      try DeflateBlock.compress(buffer, level: 1, isLast: true)
    }
  }
}
