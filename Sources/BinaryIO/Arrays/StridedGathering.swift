/// Elements on their way from where they are stored into a buffer, box by box.
@safe
struct StridedGathering {
  /// How much is read at a time where elements do not follow one another.
  private static let scratchSize = 1 << 20
  /// A gap of fewer bytes is read along: that takes less time than another read.
  private static let smallGap = 1 << 12

  /// An axis of a box: steps in what is stored, and in the buffer.
  private struct Axis {
    let length: Int
    let source: Int
    let target: Int
  }

  private let elementSize: Int
  private let buffer: UnsafeMutableRawBufferPointer
  private let scratch: UnsafeMutableRawBufferPointer
  /// Where the next box goes in the buffer, in elements.
  private var position = 0
  /// The axes of the box, those with the largest steps in what is stored first.
  private var axes: [Axis] = []
  /// How many stored elements the axes from each on span.
  private var spans: [Int] = []

  init(_ elementSize: Int, _ buffer: UnsafeMutableRawBufferPointer) {
    self.elementSize = elementSize
    unsafe self.buffer = unsafe buffer
    unsafe scratch = .allocate(byteCount: max(StridedGathering.scratchSize, elementSize), alignment: 16)
  }

  func deallocate() { unsafe scratch.deallocate() }

  /// Gathers a box whose row-major elements are the next of the buffer.
  mutating func gather<Failure: Error>(
    _ box: [StridedLayout.Axis], from base: Int,
    _ fetch: (Int, UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var size = 1
    axes.removeAll(keepingCapacity: true)
    for axis in box.reversed() {
      if axis.length > 1 { axes.append(Axis(length: axis.length, source: axis.stride, target: size)) }
      size *= axis.length
    }
    axes.sort { $0.source > $1.source }
    spans = [Int](repeating: 1, count: axes.count + 1)
    for index in axes.indices.reversed() {
      spans[index] = spans[index + 1] + (axes[index].length - 1) * axes[index].source
    }
    let target = position
    position += size
    try unsafe gather(axes.first?.length ?? 1, ofAxis: 0, from: base, to: target, fetch)
  }

  /// Gathers the part of the box with so many steps of an axis, and all of those after it.
  private func gather<Failure: Error>(
    _ length: Int, ofAxis index: Int, from base: Int, to target: Int,
    _ fetch: (Int, UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    guard index < axes.count else {
      return try unsafe fetch(base * elementSize, part(of: buffer, target, 1))
    }
    let axis = axes[index]
    let rest = spans[index + 1]
    let span = rest + (length - 1) * axis.source
    let capacity = unsafe scratch.count / elementSize
    let isDense = (axis.source - rest) * elementSize <= StridedGathering.smallGap
    if isDense, span <= capacity {
      try unsafe fetch(base * elementSize, part(of: scratch, 0, span))
      return scatter(length, ofAxis: index, from: 0, to: target)
    }
    // As many steps at a time as there is room for.
    let steps = isDense && rest <= capacity ? min(length, (capacity - rest) / max(axis.source, 1) + 1) : 1
    var step = 0
    while step < length {
      let (from, to) = (base + step * axis.source, target + step * axis.target)
      let count = min(steps, length - step)
      if count > 1 {
        try unsafe gather(count, ofAxis: index, from: from, to: to, fetch)
      } else {
        try unsafe gather(
          index + 1 < axes.count ? axes[index + 1].length : 1, ofAxis: index + 1, from: from, to: to, fetch)
      }
      step += count
    }
  }

  private func part(
    of memory: UnsafeMutableRawBufferPointer, _ start: Int, _ count: Int
  ) -> UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(rebasing: memory[start * elementSize..<(start + count) * elementSize])
  }

  /// Puts what has been read into its places.
  private func scatter(_ length: Int, ofAxis index: Int, from source: Int, to target: Int) {
    let axis = axes[index]
    if index + 1 < axes.count {
      let next = axes[index + 1].length
      for step in 0..<length {
        scatter(next, ofAxis: index + 1, from: source + step * axis.source, to: target + step * axis.target)
      }
      return
    }
    switch elementSize {
    case 1: copy(UInt8.self, length, axis, source, target)
    case 2: copy(UInt16.self, length, axis, source, target)
    case 4: copy(UInt32.self, length, axis, source, target)
    case 8: copy(UInt64.self, length, axis, source, target)
    default:
      for step in 0..<length {
        unsafe part(of: buffer, target + step * axis.target, 1).copyMemory(
          from: UnsafeRawBufferPointer(part(of: scratch, source + step * axis.source, 1)))
      }
    }
  }

  private func copy<Word: BitwiseCopyable>(
    _: Word.Type, _ length: Int, _ axis: Axis, _ source: Int, _ target: Int
  ) {
    let size = MemoryLayout<Word>.size
    var (from, to) = (source &* size, target &* size)
    for _ in 0..<length {
      unsafe buffer.storeBytes(
        of: scratch.loadUnaligned(fromByteOffset: from, as: Word.self), toByteOffset: to, as: Word.self)
      from &+= axis.source &* size
      to &+= axis.target &* size
    }
  }
}
