import ModelFormat

/// Finds the numbers at certain ranks of a tensor's finite values in ascending order, exactly and in bounded memory.
///
/// A radix selection: each walk through the values counts them by the next 16 bits of their keys, in those buckets only
/// in which the ranks lie. Where few values are left in these, the walk collects and sorts them instead.
struct RankSearch: Sendable {
  /// A rank, and what is known of the number there.
  struct Target: Sendable {
    /// The leading bits of its key.
    var prefix: UInt64
    /// Its rank among those whose keys begin with them.
    var rank: Int
  }

  let order: ElementOrder
  /// How many leading bits of keys are known.
  private(set) var knownWidth: Int
  private(set) var targets: [Target] = []
  /// The buckets in which ranks lie, ascending.
  private(set) var prefixes: [UInt64] = []
  /// How many values are in these.
  private(set) var candidateCount = 0
  /// How many values are finite.
  let finiteCount: Int

  /// No search: there are no values.
  init(_ type: DataType) {
    order = ElementOrder(type)
    knownWidth = order.width
    finiteCount = 0
  }

  /// - Parameter ranks: the ranks of interest, ascending, among so many finite values.
  init(_ tally: ElementTally, ranks: (_ finiteCount: Int) -> [Int]) {
    order = ElementOrder(tally.type)
    if tally.leading.isEmpty {
      let (order, width) = (order, order.width)
      let keys = tally.elements.filter { order.isFinite(leading: $0 >> UInt64(width - order.leadingWidth)) }
        .map { order.key($0, width: width) }.sorted()
      finiteCount = keys.count
      knownWidth = width
      targets = ranks(keys.count).map { Target(prefix: keys[$0], rank: 0) }
    } else {
      knownWidth = order.leadingWidth
      let buckets = RankSearch.occupied(tally, order)
      finiteCount = buckets.reduce(0) { $0 + $1.count }
      locate(ranks(finiteCount).map { Target(prefix: 0, rank: $0) }, in: buckets)
    }
  }

  /// The keys of the leading bits that finite values have, ascending, and how many have them.
  private static func occupied(_ tally: ElementTally, _ order: ElementOrder) -> [(prefix: UInt64, count: Int)] {
    let width = order.leadingWidth
    let pages = width > 8 ? ByteEntropy.marginals(tally.leading).upper : []
    var buckets: [(prefix: UInt64, count: Int)] = []
    for page in 0..<UInt64(tally.leading.count / 256) {
      if width > 8, pages[Int(order.bits(key: page, width: 8))] == 0 { continue }
      for prefix in page << 8...page << 8 | 0xFF {
        let bits = order.bits(key: prefix, width: width)
        let count = tally.leading[Int(bits)]
        if count > 0, order.isFinite(leading: bits) { buckets.append((prefix, count)) }
      }
    }
    return buckets
  }

  /// Whether all numbers are known.
  var isComplete: Bool { knownWidth == order.width }

  /// The numbers, in the order of the ranks.
  var numbers: [Double] { targets.map { order.number(key: $0.prefix) } }

  /// Moves targets, whose ranks ascend, to the buckets they lie in.
  private mutating func locate(_ wanted: [Target], in buckets: [(prefix: UInt64, count: Int)]) {
    var (place, below) = (0, 0)
    for target in wanted {
      // A file that is changed while it is read may have lost values: then the last one stands in.
      while place < buckets.count - 1, below + buckets[place].count <= target.rank {
        below += buckets[place].count
        place += 1
      }
      guard place < buckets.count else { return }
      let bucket = buckets[place]
      targets.append(Target(prefix: bucket.prefix, rank: min(target.rank - below, bucket.count - 1)))
      if prefixes.last != bucket.prefix {
        prefixes.append(bucket.prefix)
        candidateCount += bucket.count
      }
    }
  }

  /// Learns more bits from what threads have seen in a walk through the values.
  mutating func refine(_ tallies: [CandidateTally]) {
    guard let tally = tallies.first else { return }
    for other in tallies.dropFirst() { tally.merge(other) }
    let (old, buckets) = (targets, prefixes)
    (targets, prefixes, candidateCount) = ([], [], 0)
    var keys = tally.keys
    keys.sort()
    for (place, bucket) in buckets.enumerated() {
      let wanted = old.filter { $0.prefix == bucket }
      if tally.collects {
        locate(wanted, in: RankSearch.runs(keys.filter { $0 >> UInt64(order.width - knownWidth) == bucket }))
      } else {
        let counts = tally.counts[place * CandidateTally.digitCount..<(place + 1) * CandidateTally.digitCount]
        let found = counts.enumerated().filter { $0.element > 0 }
        locate(wanted, in: found.map { (bucket << 16 | UInt64($0.offset), $0.element) })
      }
    }
    knownWidth = tally.collects ? order.width : knownWidth + 16
  }

  /// Equal neighbours of a sorted list together.
  private static func runs(_ keys: [UInt64]) -> [(prefix: UInt64, count: Int)] {
    var runs: [(prefix: UInt64, count: Int)] = []
    for key in keys {
      if let last = runs.last, last.prefix == key {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((key, 1))
      }
    }
    return runs
  }
}
