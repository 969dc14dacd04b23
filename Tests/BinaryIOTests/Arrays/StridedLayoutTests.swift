import BinaryIO
import TestSupport
import Testing

/// Arrays whose elements lie anywhere are gathered in row-major order.
struct StridedLayoutTests {
  /// The elements one by one, by the definition.
  private static func expected(
    _ stored: [UInt8], shape: [Int], strides: [Int], offset: Int, size: Int
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in 0..<shape.reduce(1, *) {
      var (rest, place) = (number, offset)
      for axis in shape.indices.reversed() {
        place += rest % shape[axis] * strides[axis]
        rest /= shape[axis]
      }
      bytes += stored[place * size..<(place + 1) * size]
    }
    return bytes
  }

  private static func read(_ layout: StridedLayout, _ stored: [UInt8], _ start: Int, _ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0xEE, count: count)
    try bytes.withMutableBytes { (buffer) throws(EndOfBytes) in
      try layout.read(at: start, into: buffer) { (place, part) throws(EndOfBytes) in
        part.copyBytes(from: stored[place..<place + part.count])
      }
    }
    return bytes
  }

  static let arrays: [(shape: [Int], strides: [Int], offset: Int)] = [
    ([], [], 3), ([4], [1], 2), ([4], [3], 0), ([4], [0], 7), ([3, 4], [4, 1], 0), ([3, 4], [1, 3], 0),
    ([2, 3, 4], [1, 2, 6], 0), ([2, 3, 4], [12, 1, 3], 1), ([5, 4], [2, 1], 0), ([4, 5, 1, 2], [0, 2, 9, 1], 0),
    ([0, 5], [1, 1], 0), ([3, 0, 2], [4, 9, 1], 0), ([2, 2, 2, 2, 2], [1, 2, 4, 8, 16], 0),
  ]

  @Test(arguments: arrays, [1, 2, 3, 4, 8, 16])
  func `any part of any array`(_ array: (shape: [Int], strides: [Int], offset: Int), _ size: Int) throws {
    var random = SplitMix64(seed: 3)
    let stored = random.bytes(64 * size)
    let layout = try #require(
      StridedLayout(shape: array.shape, strides: array.strides, offset: array.offset, elementSize: size))
    let expected = StridedLayoutTests.expected(
      stored, shape: array.shape, strides: array.strides, offset: array.offset, size: size)
    #expect(layout.byteCount == expected.count)
    for _ in 0..<40 {
      let start = Int.random(in: 0...expected.count, using: &random)
      let count = Int.random(in: 0...(expected.count - start), using: &random)
      #expect(try StridedLayoutTests.read(layout, stored, start, count) == Array(expected[start..<start + count]))
    }
  }

  @Test(arguments: [[300, 2000], [7, 90_001], [40, 50, 300], [2, 3, 5, 7, 11, 13, 17]])
  func `large arrays in Fortran order, with bounded reads`(_ shape: [Int]) throws {
    var random = SplitMix64(seed: 4)
    let count = shape.reduce(1, *)
    let stored = random.bytes(count * 4)
    let layout = try #require(StridedLayout(shape: shape, isFortranOrder: true, elementSize: 4))
    let strides = shape.indices.map { shape[..<$0].reduce(1, *) }
    let expected = StridedLayoutTests.expected(stored, shape: shape, strides: strides, offset: 0, size: 4)
    for start in stride(from: 0, to: count * 4, by: 400_004) {
      let size = min(400_004, count * 4 - start)
      let isRight = try StridedLayoutTests.read(layout, stored, start, size) == Array(expected[start..<start + size])
      #expect(isRight, "from \(start)")
    }
  }

  @Test func `elements that lie far apart are read one by one, and those nearby together`() throws {
    let layout = try #require(StridedLayout(shape: [4, 8], strides: [100_000, 10], elementSize: 4))
    var places: [Range<Int>] = []
    var bytes = [UInt8](repeating: 0, count: layout.byteCount)
    bytes.withMutableBytes { (buffer) throws(Never) in
      layout.read(at: 0, into: buffer) { (place, part) throws(Never) in places.append(place..<place + part.count) }
    }
    #expect(places == (0..<4).map { $0 * 400_000..<$0 * 400_000 + 284 })
  }

  @Test func `sizes that cannot be are no layout`() {
    #expect(StridedLayout(shape: [-1], strides: [1], elementSize: 1) == nil)
    #expect(StridedLayout(shape: [1], strides: [-1], elementSize: 1) == nil)
    #expect(StridedLayout(shape: [1], strides: [], elementSize: 1) == nil)
    #expect(StridedLayout(shape: [2], strides: [.max], offset: 1, elementSize: 1) == nil)
    #expect(StridedLayout(shape: [2], strides: [.max / 2], elementSize: 4) == nil)
    #expect(StridedLayout(shape: [1 << 32, 1 << 32], strides: [0, 0], elementSize: 1) == nil)
    #expect(StridedLayout(shape: [.max, 0], isFortranOrder: true, elementSize: 8)?.count == 0)
  }

  @Test func `a layout knows whether its elements follow one another`() throws {
    let whole = try #require(StridedLayout(shape: [2, 3, 4], elementSize: 4))
    #expect(whole.isContiguous && !whole.isConstant && whole.end == 24)
    #expect(StridedLayout(shape: [2, 3], isFortranOrder: true, elementSize: 1)?.isContiguous == false)
    #expect(StridedLayout(shape: [6], isFortranOrder: true, elementSize: 1)?.isContiguous == true)
    #expect(StridedLayout(shape: [3, 1, 2], strides: [2, 77, 1], elementSize: 1)?.isContiguous == true)
    #expect(StridedLayout(shape: [3, 2], strides: [0, 0], offset: 4, elementSize: 1)?.isConstant == true)
  }
}
