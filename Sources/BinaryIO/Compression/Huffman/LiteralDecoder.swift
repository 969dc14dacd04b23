import CZlib

/// Inflates zlib streams whose blocks hold nothing but literals under dynamic Huffman codes of short words, several
/// literals at a look: what `HuffmanStream` writes.
///
/// It never says that a stream is wrong. Whatever it does not know, damage included, is left to zlib, so that there is
/// one judge of what is valid; what it does accept, zlib would accept with the same result.
@safe
struct LiteralDecoder: ~Copyable {
  private let output: UnsafeMutableRawBufferPointer
  private var reader: BitReader
  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  private let table = LiteralTable()
  /// Blocks of less output than this cost more than they save, once there are many of them.
  private static let usualBlock = 1 << 12

  /// Whether `bytes` are such a stream, which fills `output` exactly. O(n).
  static func decode(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Bool {
    guard bytes.count > 8, unsafe isHeader(bytes[0], bytes[1]) else { return false }
    var decoder = unsafe LiteralDecoder(bytes, output)
    return decoder.decode()
  }

  private init(_ bytes: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) {
    unsafe self.bytes = unsafe bytes
    unsafe self.output = unsafe output
    reader = unsafe BitReader(bytes, position: 2)
  }

  /// DEFLATE with any window, no dictionary, and a right check (RFC 1950, section 2.2).
  private static func isHeader(_ method: UInt8, _ flags: UInt8) -> Bool {
    method & 0x0F == 8 && method >> 4 <= 7 && flags & 0x20 == 0 && (Int(method) << 8 | Int(flags)) % 31 == 0
  }

  private mutating func decode() -> Bool {
    var isLast = false
    var spareBlocks = unsafe 1 + output.count / LiteralDecoder.usualBlock
    repeat {
      isLast = reader.take(1) == 1
      spareBlocks -= 1
      guard spareBlocks >= 0, reader.take(2) == 2, readCode(), decodeLiterals() else { return false }
    } while !isLast
    let end = reader.consumed
    guard !reader.overran, unsafe position == output.count, unsafe end + 4 == bytes.count else { return false }
    let checksum = unsafe adler32_z(1, output.baseAddress?.assumingMemoryBound(to: UInt8.self), output.count)
    let expected = unsafe bytes.loadUnaligned(fromByteOffset: end, as: UInt32.self)
    return UInt32(truncatingIfNeeded: checksum) == UInt32(bigEndian: expected)
  }

  /// Reads the code of a block into the table (RFC 1951, section 3.2.7).
  private mutating func readCode() -> Bool {
    let literalCount = reader.take(5) + 257
    let distanceCount = reader.take(5) + 1
    let writtenCount = reader.take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else { return false }
    var runLengths = [UInt8](repeating: 0, count: CodeLengthRuns.order.count)
    for symbol in CodeLengthRuns.order[..<writtenCount] { runLengths[symbol] = UInt8(reader.take(3)) }
    guard CanonicalCode.isComplete(runLengths) else { return false }
    let runCode = CanonicalCode(lengths: runLengths)
    var lengths: [UInt8] = []
    while lengths.count < literalCount + distanceCount {
      guard let symbol = nextSymbol(runCode), !reader.overran else { return false }
      switch symbol {
      case 0...15: lengths.append(UInt8(symbol))
      case 16:
        guard let last = lengths.last else { return false }
        lengths.append(contentsOf: repeatElement(last, count: 3 + reader.take(2)))
      case 17: lengths.append(contentsOf: repeatElement(0, count: 3 + reader.take(3)))
      default: lengths.append(contentsOf: repeatElement(0, count: 11 + reader.take(7)))
      }
    }
    guard lengths.count == literalCount + distanceCount, lengths[HuffmanStream.endOfBlock] > 0,
      lengths[..<literalCount].allSatisfy({ $0 <= LiteralTable.indexBits }),
      CanonicalCode.isComplete(lengths[..<literalCount]),
      // No distances at all, or the two of one bit that zlib writes where it needs none.
      lengths[literalCount...].allSatisfy({ $0 <= 1 }), lengths[literalCount...].count(where: { $0 == 1 }) != 1,
      lengths[literalCount...].count(where: { $0 == 1 }) <= 2
    else { return false }
    table.fill(CanonicalCode(lengths: lengths[..<literalCount]))
    return true
  }

  private mutating func nextSymbol(_ code: CanonicalCode) -> Int? {
    reader.refill()
    return code.lengths.indices.first { symbol in
      let length = UInt64(code.lengths[symbol])
      return length > 0 && reader.bits & ((1 << length) - 1) == UInt64(code.words[symbol])
    }.map { symbol in
      reader.drop(Int(code.lengths[symbol]))
      return symbol
    }
  }

  /// Decodes up to the end of the block.
  private mutating func decodeLiterals() -> Bool {
    decodeFast()
    while true {
      reader.refill()
      let index = Int(reader.bits & LiteralTable.mask)
      let symbol = unsafe Int(table.symbols[index])
      unsafe reader.drop(Int(table.lengths[index]))
      guard !reader.overran else { return false }
      if symbol == HuffmanStream.endOfBlock { return true }
      guard symbol < HuffmanStream.endOfBlock, unsafe position < output.count else { return false }
      unsafe output[position] = UInt8(symbol)
      position += 1
    }
  }

  /// Decodes while there is room to spare on both sides; stops in front of a symbol that is no literal.
  private mutating func decodeFast() {
    guard let source = unsafe bytes.baseAddress, let target = unsafe output.baseAddress else { return }
    let entries = unsafe UnsafePointer(table.entries)
    var (reader, position) = (reader, position)
    let looks = 56 / LiteralTable.indexBits
    // Each look writes eight bytes, of which up to six count.
    let lastStart = unsafe output.count &- 8 &* looks
    scan: while reader.hasEightBytes, position <= lastStart {
      unsafe reader.refillFast(source)
      for _ in 0..<looks {
        let entry = unsafe entries[Int(truncatingIfNeeded: reader.bits & LiteralTable.mask)]
        let count = Int(truncatingIfNeeded: entry &>> 48 & 0xFF)
        guard count > 0 else { break scan }
        unsafe target.storeBytes(of: entry.littleEndian, toByteOffset: position, as: UInt64.self)
        position &+= count
        reader.drop(Int(truncatingIfNeeded: entry &>> 56))
      }
    }
    (self.reader, self.position) = (reader, position)
  }
}
