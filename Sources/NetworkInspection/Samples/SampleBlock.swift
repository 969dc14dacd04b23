import NeuralNetwork

/// Room for a number of samples that come in pieces of any size, and are worked on when there are enough.
///
/// Work is cut by the room's size, never by the pieces that a caller happens to have: results do not depend on them.
struct SampleBlock {
  /// The values of one sample.
  let width: Int
  /// The most samples.
  let capacity: Int
  private var elements: [Float]
  /// The samples that are there.
  private(set) var count = 0

  init(width: Int, capacity: Int) {
    self.width = width
    self.capacity = capacity
    elements = Array(repeating: 0, count: width * capacity)
  }

  /// How many more samples there is room for.
  var room: Int { capacity - count }

  /// Takes the samples of a range; there is room for them.
  mutating func append(_ inputs: DatasetInputs<Float>, _ range: Range<Int>) {
    let start = count * width
    unsafe elements.withUnsafeMutableBufferPointer { buffer in
      unsafe inputs.copy(range, into: UnsafeMutableBufferPointer(rebasing: buffer[start...]))
    }
    count += range.count
  }

  /// Forgets all samples.
  mutating func clear() { count = 0 }

  /// Calls `body` with the samples of a range, one after another.
  func withSamples<Result>(_ range: Range<Int>, _ body: (UnsafeBufferPointer<Float>) -> Result) -> Result {
    unsafe elements.withUnsafeBufferPointer { buffer in
      unsafe body(UnsafeBufferPointer(rebasing: buffer[range.lowerBound * width..<range.upperBound * width]))
    }
  }
}
