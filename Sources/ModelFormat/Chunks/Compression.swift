/// How much work goes into making a file small. All of them can be read by every reader.
public enum Compression: String, CaseIterable, Sendable {
  /// Looks at samples of each byte plane, and does what will pay.
  case `default`
  /// Huffman coding where it pays, and nothing that searches for repetitions.
  case fast
  /// Tries everything on every byte plane, and keeps the smallest.
  case best
  /// Values as they are, in one piece per tensor, aligned to 64 bytes, so that a reader may map them.
  case none
}
