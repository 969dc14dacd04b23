/// The parts of a model file, found from outside: a header of 16 bytes, sections, a trailer of 24 bytes.
///
/// A section is four letters, a 64-bit length, a checksum of 4 bytes, the payload, and another checksum of 4 bytes.
enum ModelParts {
  struct Part: CustomStringConvertible {
    let name: String
    let range: Range<Int>

    var description: String { "\(name) at \(range)" }
  }

  static func of(_ bytes: [UInt8]) -> [Part] {
    var parts = [Part(name: "header", range: 0..<16)]
    let trailer = bytes.count - 24
    var offset = 16
    while offset + 20 <= trailer {
      let length = bytes[offset + 4..<offset + 12].reversed().reduce(0) { $0 << 8 | Int($1) }
      let end = offset + 20 + length
      parts.append(
        Part(name: String(decoding: bytes[offset..<offset + 4], as: UTF8.self), range: offset..<end))
      offset = end
    }
    parts.append(Part(name: "trailer", range: trailer..<bytes.count))
    return parts
  }
}
