/// Square windows that slide over the planes of an image: what convolution and pooling share.
struct SlidingWindow: Sendable, Equatable {
  let channels: Int
  let height: Int
  let width: Int
  let size: Int
  let stride: Int
  /// Zeros on each side.
  let padding: Int
  let outputHeight: Int
  let outputWidth: Int

  /// Checks that at least one window fits.
  ///
  /// - Parameter inputShape: [channels, height, width], or [height, width] for one channel.
  init(
    _ inputShape: [Int], size: Int, stride: Int, padding: Int = 0, place: String
  ) throws(NetworkError) {
    guard (2...3).contains(inputShape.count) else {
      throw NetworkError(
        .invalidShape, at: place, expected: "an input [channels, height, width] or [height, width]",
        found: "\(inputShape)")
    }
    try Self.check(size, in: 1...SizeLimits.elements, "window size", place)
    try Self.check(stride, in: 1...SizeLimits.elements, "stride", place)
    try Self.check(padding, in: 0...size - 1, "padding", place)
    channels = inputShape.count == 3 ? inputShape[0] : 1
    height = inputShape[inputShape.count - 2]
    width = inputShape[inputShape.count - 1]
    self.size = size
    self.stride = stride
    self.padding = padding
    guard height + 2 * padding >= size, width + 2 * padding >= size else {
      let least = max(size - 2 * padding, 1)
      throw NetworkError(
        .invalidShape, at: place, expected: "an input of at least \(least) × \(least) for windows of \(size) × \(size)",
        found: "\(inputShape)")
    }
    outputHeight = (height + 2 * padding - size) / stride + 1
    outputWidth = (width + 2 * padding - size) / stride + 1
  }

  /// The values of one input channel.
  var inputPlane: Int { height * width }
  /// The values of one output channel: the number of windows.
  var outputPlane: Int { outputHeight * outputWidth }

  /// The places `o` in `0..<count` along one axis for which `o · stride + offset − padding` lies in `0..<length`.
  func inside(offset: Int, length: Int, count: Int) -> Range<Int> {
    let first = max(0, (padding - offset + stride - 1) / stride)
    let last = (length - 1 + padding - offset) / stride
    let end = length - 1 + padding - offset < 0 ? 0 : min(count, last + 1)
    return min(first, end)..<end
  }

  private static func check(
    _ value: Int, in range: ClosedRange<Int>, _ what: String, _ place: String
  ) throws(NetworkError) {
    guard range.contains(value) else {
      throw NetworkError(
        .valueOutOfRange, at: place, expected: "a \(what) in \(range.lowerBound)...\(range.upperBound)",
        found: "\(value)")
    }
  }
}
