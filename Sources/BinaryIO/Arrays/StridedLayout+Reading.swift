extension StridedLayout {
  /// Fills a buffer with elements in row-major order.
  ///
  /// No more than a MiB is held besides the buffer. What lies between elements is read along where that is faster than to
  /// read around it.
  ///
  /// - Parameters:
  ///   - offset: where in the row-major bytes of the array the buffer starts.
  ///   - wordSize: the size of the words whose bytes are turned around, which whole elements are made of; 1 for none.
  ///   - fetch: fills a buffer with what is stored from a place on, counted in bytes. Within one call of this function
  ///     places mostly grow.
  /// - Complexity: O(n), and one call of `fetch` for each stretch of elements that lie more than 4 KiB apart.
  package func read<Failure: Error>(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer, wordSize: Int = 1,
    _ fetch: (Int, UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    guard unsafe !buffer.isEmpty else { return }
    if isContiguous, wordSize == 1 { return try unsafe fetch(self.offset * elementSize + offset, buffer) }
    let (first, end) = (offset / elementSize, (offset + buffer.count - 1) / elementSize + 1)
    if offset % elementSize == 0, buffer.count % elementSize == 0 {
      return try unsafe readElements(first..<end, into: buffer, wordSize, fetch)
    }
    let whole = UnsafeMutableRawBufferPointer.allocate(byteCount: (end - first) * elementSize, alignment: 16)
    defer { unsafe whole.deallocate() }
    try unsafe readElements(first..<end, into: whole, wordSize, fetch)
    let start = offset - first * elementSize
    unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: whole[start..<start + buffer.count]))
  }

  private func readElements<Failure: Error>(
    _ range: Range<Int>, into buffer: UnsafeMutableRawBufferPointer, _ wordSize: Int,
    _ fetch: (Int, UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    if isContiguous {
      try unsafe fetch((self.offset + range.lowerBound) * elementSize, buffer)
    } else {
      var gathering = unsafe StridedGathering(elementSize, buffer)
      defer { gathering.deallocate() }
      try unsafe gather(range, ofAxis: 0, from: self.offset, &gathering, fetch)
    }
    unsafe WordOrder.reverse(buffer, wordSize: wordSize)
  }

  private func gather<Failure: Error>(
    _ range: Range<Int>, into buffer: UnsafeMutableRawBufferPointer,
    _ fetch: (Int, UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var gathering = unsafe StridedGathering(elementSize, buffer)
    defer { gathering.deallocate() }
    try unsafe gather(range, ofAxis: 0, from: self.offset, &gathering, fetch)
  }

  /// Splits a stretch of the elements from an axis on into boxes.
  private func gather<Failure: Error>(
    _ range: Range<Int>, ofAxis axis: Int, from base: Int, _ gathering: inout StridedGathering,
    _ fetch: (Int, UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let size = axes[(axis + 1)...].reduce(1) { $0 * $1.length }
    let stride = axes[axis].stride
    func part(_ index: Int, _ range: Range<Int>) throws(Failure) {
      try unsafe gather(range, ofAxis: axis + 1, from: base + index * stride, &gathering, fetch)
    }
    var (first, last) = (range.lowerBound / size, range.upperBound / size)
    let (head, tail) = (range.lowerBound % size, range.upperBound % size)
    if head > 0 {
      let end = first == last ? tail : size
      try part(first, head..<end)
      guard first < last else { return }
      first += 1
    }
    if first < last {
      try unsafe gathering.gather(
        [Axis(length: last - first, stride: stride)] + axes[(axis + 1)...],
        from: base + first * stride, fetch)
    }
    last = max(first, last)
    if tail > 0 { try part(last, 0..<tail) }
  }
}
