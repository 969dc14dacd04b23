/// What a walk after the first one sees of the values in the buckets that a search for ranks is about.
final class CandidateTally: @unchecked Sendable {
  /// How many values the next 16 bits have.
  static let digitCount = 1 << 16
  /// No more values than this are collected, a megabyte of them; and no more than a small part of all, so that sorting
  /// them is quick next to the walk.
  private static let mostCollected = 1 << 17
  private static let leastPart = 64

  /// Whether values are collected rather than counted.
  let collects: Bool
  /// The keys that were collected, in any order.
  private(set) var keys: [UInt64] = []
  /// Counts by the next 16 bits of the key, for each bucket.
  private(set) var counts: [Int] = []

  private let order: ElementOrder
  private let knownWidth: Int
  private let candidateCount: Int
  /// The leading bits of elements in each bucket, in their place, and which bits these are.
  private let patterns: [UInt64]
  private let mask: UInt64
  /// Whether a number with these leading bits may be in a bucket.
  private let isCandidate: [Bool]

  init(for search: RankSearch) {
    (order, knownWidth, candidateCount) = (search.order, search.knownWidth, search.candidateCount)
    let (width, unknown) = (search.order.width, UInt64(search.order.width - search.knownWidth))
    patterns = search.prefixes.map { search.order.bits(key: $0, width: search.knownWidth) << unknown }
    mask = ((UInt64.max >> UInt64(64 - width)) >> unknown) << unknown
    let few = max(ElementTally.fewElements, search.finiteCount / CandidateTally.leastPart)
    collects = search.candidateCount <= min(few, CandidateTally.mostCollected)
    var isCandidate = [Bool](repeating: false, count: 1 << search.order.leadingWidth)
    for pattern in patterns { isCandidate[Int(pattern >> UInt64(width - search.order.leadingWidth))] = true }
    self.isCandidate = isCandidate
    if !collects { counts = [Int](repeating: 0, count: patterns.count * CandidateTally.digitCount) }
  }

  /// Takes in one element many times. O(1) where elements are counted.
  func include(_ element: UInt64, count: Int) {
    guard let bucket = patterns.firstIndex(of: element & mask) else { return }
    let key = order.key(element, width: order.width)
    if collects {
      // A file that is changed while it is read may hold more.
      keys.append(contentsOf: repeatElement(key, count: min(count, max(0, candidateCount - keys.count))))
    } else {
      let digit = Int(key >> UInt64(order.width - knownWidth - 16) & 0xFFFF)
      counts[bucket * CandidateTally.digitCount + digit] += count
    }
  }

  /// Takes in all elements of `bytes`, which are 4 or 8 bytes long: shorter ones are known after the first walk.
  func include(_ bytes: UnsafeRawBufferPointer) {
    if order.width == 32 {
      unsafe include(bytes, as: UInt32.self)
    } else {
      unsafe include(bytes, as: UInt64.self)
    }
  }

  @inline(__always)
  private func include<Bits: FixedWidthInteger & UnsignedInteger>(_ bytes: UnsafeRawBufferPointer, as _: Bits.Type) {
    let size = MemoryLayout<Bits>.size
    // Nearly all values may be candidates, and each access to a property of an object is checked: so they are taken out.
    var (keys, counts) = (self.keys, self.counts)
    (self.keys, self.counts) = ([], [])
    defer { (self.keys, self.counts) = (keys, counts) }
    let (order, collects, candidateCount, mask) = (order, collects, candidateCount, mask)
    let digitShift = UInt64(order.width - min(order.width, knownWidth + 16))
    unsafe isCandidate.withUnsafeBufferPointer { isCandidate in
      unsafe patterns.withUnsafeBufferPointer { patterns in
        unsafe counts.withUnsafeMutableBufferPointer { counts in
          for index in 0..<bytes.count / size {
            let bits = Bits(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: index &* size, as: Bits.self))
            guard unsafe isCandidate[Int(truncatingIfNeeded: bits &>> Bits(8 &* size &- 16))] else { continue }
            let element = UInt64(bits)
            var bucket = 0
            while bucket < patterns.count, unsafe patterns[bucket] != element & mask { bucket &+= 1 }
            guard bucket < patterns.count else { continue }
            let key = order.key(element, width: order.width)
            if !collects {
              let digit = Int(truncatingIfNeeded: key &>> digitShift) & 0xFFFF
              unsafe counts[bucket &* CandidateTally.digitCount &+ digit] &+= 1
            } else if keys.count < candidateCount {
              // A file that is changed while it is read may hold more.
              keys.append(key)
            }
          }
        }
      }
    }
  }

  /// Adds what another thread has seen of the same tensor.
  func merge(_ other: CandidateTally) {
    keys += other.keys
    counts.add(other.counts)
  }
}
