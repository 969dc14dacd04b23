/// The 32 bytes that SHA-256 makes of a message.
public struct SHA256Digest: Hashable, Sendable {
  /// The number of bytes.
  public static let byteCount = 32

  /// The bytes as they lie in memory.
  private let words: SIMD4<UInt64>

  /// Takes the bytes from memory.
  ///
  /// - Parameter bytes: 32 of them; what is missing counts as 0, and what follows does not count.
  init(_ bytes: UnsafeRawBufferPointer) {
    var words = SIMD4<UInt64>()
    unsafe withUnsafeMutableBytes(of: &words) { target in
      let count = min(target.count, bytes.count)
      unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
    }
    self.words = words
  }

  /// 32 bytes of 0, which stand for what is not hashed: no message is known that has this digest.
  package static var zero: SHA256Digest { unsafe SHA256Digest(UnsafeRawBufferPointer(start: nil, count: 0)) }

  /// The digest that 64 hexadecimal digits name, in either case; nil for any other text.
  public init?(_ text: some StringProtocol) {
    let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == 2 * SHA256Digest.byteCount else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[place], let low = digits[place + 1] else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    self = unsafe bytes.withUnsafeBytes { unsafe SHA256Digest($0) }
  }

  /// The bytes.
  public var bytes: [UInt8] { unsafe withUnsafeBytes(of: words) { unsafe Array($0) } }
}

extension SHA256Digest: CustomStringConvertible {
  /// 64 hexadecimal digits in lower case.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
