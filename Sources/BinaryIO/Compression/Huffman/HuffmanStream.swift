import CZlib

/// A zlib stream (RFC 1950) of one DEFLATE block with dynamic Huffman codes and no matches (RFC 1951, section 3.2.7).
///
/// This is what zlib does under `Z_HUFFMAN_ONLY`, made for byte planes: one code for the whole plane, words that a
/// decoder can look up several at a time, and a size that is known before a single byte is coded.
@safe
struct HuffmanStream {
  /// No word is longer: so many bits index a table that fits in a processor's first-level cache.
  static let longestWord = 11
  /// The symbol that ends a block.
  static let endOfBlock = 256

  private let source: UnsafeRawBufferPointer
  private let code: CanonicalCode
  private let lengthRuns: CodeLengthRuns
  /// The bits of the block, without those that fill its last byte.
  let bitCount: Int

  /// Looks at all bytes and chooses the code. O(n).
  ///
  /// - Parameter source: at least one byte.
  init(_ source: UnsafeRawBufferPointer) {
    unsafe self.source = unsafe source
    var frequencies = unsafe HuffmanStream.frequencies(source)
    frequencies.append(1)
    code = CanonicalCode(
      lengths: CodeLengths.optimal(for: frequencies, limit: HuffmanStream.longestWord))
    lengthRuns = CodeLengthRuns(code.lengths + [0])
    bitCount =
      3 + lengthRuns.bitCount + zip(frequencies, code.lengths).reduce(0) { $0 + $1.0 * Int($1.1) }
  }

  /// The size of the stream in bytes: header, block and checksum.
  var byteCount: Int { 2 + (bitCount + 7) / 8 + 4 }

  /// The stream. O(n).
  func encoded() -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: byteCount + BitWriter.slack) { output, written in
      guard let start = output.baseAddress else { return }
      // 32 KiB window, fastest algorithm; the two bytes together are a multiple of 31.
      unsafe (start[0], start[1]) = (0x78, 0x01)
      var writer = unsafe BitWriter(start + 2)
      writer.add(0b101, length: 3)  // the last block; dynamic codes
      lengthRuns.write(to: &writer)
      writeWords(to: &writer)
      let end = unsafe writer.finish()
      let checksum = unsafe UInt32(
        truncatingIfNeeded: adler32_z(1, source.baseAddress?.assumingMemoryBound(to: UInt8.self), source.count))
      unsafe UnsafeMutableRawPointer(end).storeBytes(of: checksum.bigEndian, as: UInt32.self)
      written = unsafe end + 4 - start
    }
  }

  private func writeWords(to output: inout BitWriter) {
    var writer = output
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: HuffmanStream.endOfBlock + 1) { table in
      guard let words = table.baseAddress else { return }
      for symbol in 0...HuffmanStream.endOfBlock {
        unsafe words[symbol] = UInt32(code.words[symbol]) << 8 | UInt32(code.lengths[symbol])
      }
      // Five words have at most 55 bits.
      let (bytes, step) = unsafe (source, 5)
      var position = 0
      while position &+ step <= bytes.count {
        for offset in 0..<step {
          let word = unsafe UInt64(words[Int(bytes[position &+ offset])])
          writer.add(word &>> 8, length: word & 0xFF)
        }
        writer.flush()
        position &+= step
      }
      for symbol in unsafe bytes[position...].map(Int.init) + [HuffmanStream.endOfBlock] {
        unsafe writer.add(UInt64(words[symbol] >> 8), length: UInt64(words[symbol] & 0xFF))
        writer.flush()
      }
    }
    output = writer
  }

  /// How often each byte occurs. Four tables, because adding to the same place twice in a row waits.
  private static func frequencies(_ source: UnsafeRawBufferPointer) -> [Int] {
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 * 256) { tables in
      unsafe tables.update(repeating: 0)
      guard let counts = tables.baseAddress, let bytes = source.baseAddress else { return [] }
      let whole = source.count & ~7
      for position in stride(from: 0, to: whole, by: 8) {
        let eight = unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        for place in 0..<8 {
          let byte = Int(truncatingIfNeeded: eight &>> UInt64(8 &* place) & 0xFF)
          unsafe counts[(place & 3) &* 256 &+ byte] &+= 1
        }
      }
      for position in whole..<source.count { unsafe counts[Int(source[position])] &+= 1 }
      return (0..<256).map { byte in (0..<4).reduce(0) { unsafe $0 + Int(counts[$1 * 256 + byte]) } }
    }
  }
}
