/// Pieces of several tensors, counted through.
package struct PieceNumbers: Sendable {
  private var ends: [Int] = []

  package init() {}

  /// How many pieces there are.
  package var count: Int { ends.last ?? 0 }

  package mutating func append(_ pieceCount: Int) { ends.append(count + pieceCount) }

  /// The place of the tensor that a piece belongs to, and the piece's number within it. O(log n).
  package func locate(_ number: Int) -> (place: Int, piece: Int) {
    var (low, high) = (0, ends.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] > number { high = middle } else { low = middle + 1 }
    }
    return (low, number - (low == 0 ? 0 : ends[low - 1]))
  }
}
