/// Contiguous shares of a number of things, one for each of several threads.
package enum Shares {
  /// The share with the number `index` of `count` things cut into `parts`; sizes differ by one at most.
  package static func even(_ index: Int, of count: Int, parts: Int) -> Range<Int> {
    let (size, rest) = count.quotientAndRemainder(dividingBy: parts)
    let start = index * size + min(index, rest)
    return start..<start + size + (index < rest ? 1 : 0)
  }

  /// The same with shares that start at a multiple of `alignment`, so that no two threads write to one cache line.
  package static func aligned(_ index: Int, of count: Int, parts: Int, alignment: Int) -> Range<Int> {
    let blocks = even(index, of: (count + alignment - 1) / alignment, parts: parts)
    return min(blocks.lowerBound * alignment, count)..<min(blocks.upperBound * alignment, count)
  }
}
