import BinaryIO
import ModelFormat

/// How often each operator occurs.
struct OperatorCounts {
  /// How many different operators a file may have.
  private static let limit = 1 << 12

  private var counts: [ByteName: Int] = [:]

  /// - Throws: `limitExceeded` where there are too many different ones.
  mutating func add(_ name: String) throws(ModelFormatError) {
    counts[ByteName(name), default: 0] += 1
    guard counts.count <= OperatorCounts.limit else {
      throw ModelFormatError(
        .limitExceeded, section: "GraphProto", expected: "at most \(OperatorCounts.limit) different operators",
        found: "more")
    }
  }

  /// A text for each operator, in the order of their names: `Conv: 3`.
  var texts: [String] { counts.sorted { $0.key < $1.key }.map { "\($0.key.text): \($0.value)" } }
}
