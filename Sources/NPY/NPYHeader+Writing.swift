import BinaryIO

extension NPYHeader {
  /// The header as NumPy writes it, byte for byte. The elements begin at a multiple of 64.
  public var encoded: [UInt8] {
    let order = elementType.wordSize == 1 ? "|" : isBigEndian ? ">" : "<"
    return NPYHeader.encoded(typeCode: order + elementType.rawValue, shape: shape, isFortranOrder: isFortranOrder)
  }

  /// Version 1.0 holds every header of `maximumRank` axes.
  static func encoded(typeCode: String, shape: [Int], isFortranOrder: Bool) -> [UInt8] {
    let lengths = shape.map(String.init)
    let tuple = lengths.joined(separator: ", ") + (lengths.count == 1 ? "," : "")
    let fortran = isFortranOrder ? "True" : "False"
    var text = "{'descr': '\(typeCode)', 'fortran_order': \(fortran), 'shape': (\(tuple)), }"
    // NumPy leaves room for the axis that can grow to reach 21 digits.
    if let growing = isFortranOrder ? lengths.last : lengths.first {
      text += String(repeating: " ", count: max(0, 21 - growing.utf8.count))
    }
    // Signature, version and length take 10 bytes; the text ends with a line end.
    text += String(repeating: " ", count: 64 - (10 + text.utf8.count + 1) % 64) + "\n"
    var writer = ByteWriter()
    writer.write(NPYHeader.signature)
    writer.write([1, 0])
    writer.writeLittleEndian(UInt16(truncatingIfNeeded: text.utf8.count))
    writer.write(text.utf8)
    return writer.bytes
  }
}
