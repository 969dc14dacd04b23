import BinaryIO
import FuzzingSupport

@testable import ModelFormat

/// A model file taken apart without being checked, so that it can be changed and put together with right checksums.
struct LooseFile {
  /// A section other than the index, whose payload may be anything.
  struct Section {
    var letters: [UInt8]
    var payload: [UInt8]
  }

  var version: [UInt8]
  var sections: [Section] = []
  /// The encoded value of the index, compressed or not in the file.
  var index: [UInt8]

  /// Walks through the frames; nil for bytes that have none, or no index after them.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= FileHeader.size else { return nil }
    version = Array(bytes[8..<12])
    var offset = FileHeader.size
    while offset + SectionFrame.overhead <= bytes.count {
      let length = integer(bytes, at: offset + 4, UInt64.self)
      guard length <= UInt64(bytes.count - offset - SectionFrame.overhead) else { return nil }
      let start = offset + SectionFrame.headerSize
      let section = Section(
        letters: Array(bytes[offset..<offset + 4]), payload: Array(bytes[start..<start + Int(length)]))
      if section.letters == SectionType.index.letters {
        guard let value = LooseFile.inflated(section.payload) else { return nil }
        index = value
        return
      }
      sections.append(section)
      offset = start + Int(length) + SectionFrame.checksumSize
    }
    return nil
  }

  /// The file, with checksums that are right.
  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.write(FileHeader.signature)
    writer.write(version)
    writer.writeLittleEndian(CRC32.checksum(writer.bytes))
    for section in sections { LooseFile.append(section, to: &writer) }
    let offset = writer.bytes.count
    LooseFile.append(
      Section(letters: SectionType.index.letters, payload: LooseFile.deflated(index)), to: &writer)
    writer.write(
      FileTrailer.encoded(indexOffset: offset, fileSize: writer.bytes.count + FileTrailer.size))
    return writer.bytes
  }

  private static func append(_ section: Section, to writer: inout ByteWriter) {
    var frame = ByteWriter()
    frame.write(section.letters)
    frame.writeLittleEndian(UInt64(section.payload.count))
    frame.writeLittleEndian(CRC32.checksum(frame.bytes))
    writer.write(frame.bytes)
    writer.write(section.payload)
    writer.writeLittleEndian(CRC32.checksum(section.payload))
  }

  /// Makes the index list the sections as they are, if it is still an index.
  mutating func listSections() {
    guard case .object(var fields)? = try? StructuredDecoder.decode(index, limits: ModelExamination.limits),
      let place = fields.firstIndex(where: { $0.name == "sections" })
    else { return }
    let listed = sections.map { section in
      StructuredValue.array([
        .string(String(decoding: section.letters, as: UTF8.self)), .integer(section.payload.count),
        .integer(Int(CRC32.checksum(section.payload))),
      ])
    }
    fields[place] = StructuredValue.Field(name: "sections", value: .array(listed))
    index = StructuredValue.object(fields).encoded()
  }

  /// The encoded value of a structured section; nil for any other payload.
  static func inflated(_ payload: [UInt8]) -> [UInt8]? {
    guard payload.count >= 8 else { return nil }
    let size = integer(payload, at: 0, UInt64.self)
    guard size <= 1 << 16 else { return nil }
    var value = [UInt8](repeating: 0, count: Int(size))
    let isWhole = payload.withUnsafeBytes { input in
      value.withUnsafeMutableBytes { output in
        (try? Zlib.decompress(UnsafeRawBufferPointer(rebasing: input[8...]), into: output)) != nil
      }
    }
    return isWhole ? value : nil
  }

  /// The payload of a structured section.
  static func deflated(_ value: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeLittleEndian(UInt64(value.count))
    let stream = value.withUnsafeBytes { bytes in
      requireNoError("zlib") { () throws(CompressionError) in
        try Zlib.compress(bytes, strategy: .matching(level: 1))
      }
    }
    writer.write(stream)
    return writer.bytes
  }
}
