/// Items that follow one another, in groups that are worth handing to another thread.
package struct ItemGroups: Sendable {
  /// What takes less time than handing it over, in bytes that are read.
  private static let leastSize = 1 << 18

  /// The items of each group.
  let ranges: [Range<Int>]

  /// - Parameter size: the bytes of an item. O(count).
  package init(count: Int, size: (Int) -> Int) {
    var (ranges, start, sum) = ([Range<Int>](), 0, 0)
    for item in 0..<count {
      sum = sum.addingReportingOverflow(size(item)).partialValue
      guard sum >= ItemGroups.leastSize || item == count - 1 else { continue }
      ranges.append(start..<item + 1)
      (start, sum) = (item + 1, 0)
    }
    self.ranges = ranges
  }
}

extension OrderedPipeline {
  /// The same for small items, of which a thread produces a whole group before it hands over.
  ///
  /// There are never more items than those of a group for each thread.
  /// - Throws: the failure of the first item, in their order, that failed in either function. Items before it are
  ///   consumed, and those after it are not.
  package static func run<Item, Failure: Error>(
    groups: ItemGroups, threads: Int, produce: (Int) throws(Failure) -> Item,
    consume: (Int, Item) throws(Failure) -> Void
  ) throws(Failure) {
    try run(count: groups.ranges.count, threads: threads) { (group) throws(Failure) -> [Result<Item, Failure>] in
      var items: [Result<Item, Failure>] = []
      items.reserveCapacity(groups.ranges[group].count)
      for number in groups.ranges[group] {
        do throws(Failure) { items.append(.success(try produce(number))) } catch {
          items.append(.failure(error))
          break
        }
      }
      return items
    } consume: { (group, items: [Result<Item, Failure>]) throws(Failure) in
      for (number, item) in zip(groups.ranges[group], items) { try consume(number, try item.get()) }
    }
  }
}
