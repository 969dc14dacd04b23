/// Cuts `count` things into `parts` contiguous shares whose sizes differ by one at most.
func share(_ index: Int, of count: Int, parts: Int) -> Range<Int> {
  let (size, rest) = count.quotientAndRemainder(dividingBy: parts)
  let start = index * size + min(index, rest)
  return start..<start + size + (index < rest ? 1 : 0)
}

/// The same with shares that start at a multiple of `alignment`, so that no two threads write to one cache
/// line.
func alignedShare(_ index: Int, of count: Int, parts: Int, alignment: Int) -> Range<Int> {
  let blocks = share(index, of: (count + alignment - 1) / alignment, parts: parts)
  return min(blocks.lowerBound * alignment, count)..<min(blocks.upperBound * alignment, count)
}
