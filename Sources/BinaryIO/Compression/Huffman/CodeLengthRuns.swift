/// The lengths of a block's code words as DEFLATE writes them: runs, themselves Huffman-coded (RFC 1951, section 3.2.7).
struct CodeLengthRuns {
  /// A length from 0 to 15, or 16, 17, 18 for a repetition that `extra` counts.
  private struct Run {
    let symbol: Int
    var extra: Int = 0
    var extraBits: Int = 0
  }

  /// The order in which the lengths of this code's own words are written.
  static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  /// Their lengths have three bits.
  static let longestWord = 7

  private let runs: [Run]
  private let code: CanonicalCode
  /// How many of `order` are written; the others are 0.
  private let writtenCount: Int

  /// - Parameter lengths: those of 257 literals and one distance, of which at least one is 0 and one is not.
  init(_ lengths: [UInt8]) {
    runs = CodeLengthRuns.runs(lengths)
    var frequencies = [Int](repeating: 0, count: CodeLengthRuns.order.count)
    for run in runs { frequencies[run.symbol] += 1 }
    let code = CanonicalCode(
      lengths: CodeLengths.optimal(for: frequencies, limit: CodeLengthRuns.longestWord))
    self.code = code
    writtenCount = max(4, 1 + (CodeLengthRuns.order.lastIndex { code.lengths[$0] > 0 } ?? 0))
  }

  var bitCount: Int {
    14 + 3 * writtenCount + runs.reduce(0) { $0 + Int(code.lengths[$1.symbol]) + $1.extraBits }
  }

  func write(to writer: inout BitWriter) {
    writer.add(0, length: 5)  // 257 literals and lengths
    writer.add(0, length: 5)  // one distance
    writer.add(UInt64(writtenCount - 4), length: 4)
    for symbol in CodeLengthRuns.order[..<writtenCount] {
      writer.add(UInt64(code.lengths[symbol]), length: 3)
      writer.flush()
    }
    for run in runs {
      writer.add(UInt64(code.words[run.symbol]), length: UInt64(code.lengths[run.symbol]))
      writer.add(UInt64(run.extra), length: UInt64(run.extraBits))
      writer.flush()
    }
  }

  private static func runs(_ lengths: [UInt8]) -> [Run] {
    var runs: [Run] = []
    var position = 0
    while position < lengths.count {
      let length = lengths[position]
      var count = lengths[position...].prefix { $0 == length }.count
      position += count
      if length > 0 {
        runs.append(Run(symbol: Int(length)))
        count -= 1
      }
      while count > 0 {
        let repeated = repetition(of: length, count)
        runs.append(repeated.run)
        count -= repeated.count
      }
    }
    return runs
  }

  /// The longest repetition that `count` equal lengths allow, or a single one.
  private static func repetition(of length: UInt8, _ count: Int) -> (run: Run, count: Int) {
    switch (length, count) {
    case (0, 11...):
      let taken = min(count, 138)
      return (Run(symbol: 18, extra: taken - 11, extraBits: 7), taken)
    case (0, 3...): return (Run(symbol: 17, extra: count - 3, extraBits: 3), count)
    case (1..., 3...):
      let taken = min(count, 6)
      return (Run(symbol: 16, extra: taken - 3, extraBits: 2), taken)
    default: return (Run(symbol: Int(length)), 1)
    }
  }
}
