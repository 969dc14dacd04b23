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

  /// - Parameter layer: Its input is [channels, height, width], or [height, width] for one channel, and the last two
  ///   dimensions of its output are how many windows there are.
  init(_ layer: FittedLayer, size: Int, stride: Int, padding: Int = 0) {
    let (input, output) = (layer.inputShape, layer.outputShape)
    channels = input.count == 3 ? input[0] : 1
    height = input[input.count - 2]
    width = input[input.count - 1]
    self.size = size
    self.stride = stride
    self.padding = padding
    outputHeight = output[output.count - 2]
    outputWidth = output[output.count - 1]
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
}
