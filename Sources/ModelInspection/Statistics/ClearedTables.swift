import Threads

/// Large tables of counts that are 0, which are used again: to get the memory from the system for each tensor takes longer
/// than to count a small one.
final class ClearedTables: Sendable {
  private let spare = Lock<[[Int]]>([])

  /// A table of so many zeros.
  func take(count: Int) -> [Int] {
    let kept = spare.withLock { tables in
      tables.lastIndex { $0.count == count }.map { tables.remove(at: $0) }
    }
    guard var table = kept else { return [Int](repeating: 0, count: count) }
    for index in table.indices { table[index] = 0 }
    return table
  }

  func giveBack(_ table: [Int]) {
    if !table.isEmpty { spare.withLock { $0.append(table) } }
  }
}
