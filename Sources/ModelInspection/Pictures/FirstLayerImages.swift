import LayerKinds
public import ModelFormat

/// The incoming weights of the first layer's units as images, where a network looks at images: for a dense layer a weight
/// for each pixel, for a convolution its kernels.
public struct FirstLayerImages: Equatable, Sendable {
  /// So many units are shown at most, the first ones.
  public static let maximumImageCount = 64
  /// Larger images, and kernels of more channels, are not shown.
  public static let maximumPixelCount = 1 << 14

  /// The layer.
  public let layer: String
  /// Whether these are kernels that move over the image, and not weights for each pixel.
  public let isKernel: Bool
  /// How many units the layer has.
  public let unitCount: Int
  /// The columns of an image.
  public let width: Int
  /// The rows of one channel of an image.
  public let height: Int
  /// How many channels an image has: their images are below one another.
  public let channels: Int
  /// The images row by row, the first units first.
  public let images: [[Double]]

  /// The images of a model's first layer. O(elements of its weights); the memory of a piece and of the images.
  ///
  /// - Returns: nil where the input is no image, a layer before the first one with weights changes the size of the input,
  ///   the weights have another shape than their kind, or images are too small or too large to be shown.
  /// - Throws: any error about the values.
  public init?(of source: any ModelSource) throws(ModelFormatError) {
    let contents = source.contents
    guard let topology = contents.parts.topology, let input = ImageShape(topology.inputShape) else { return nil }
    for layer in topology.layers {
      if layer.parameters.isEmpty {
        guard input.holds(layer.outputShape) else { return nil }
        continue
      }
      guard let kind = LayerKind(rawValue: layer.kind), let role = WeightLayout.weights(of: kind)?.role,
        let name = layer.parameters.first(where: { $0.role == role })?.tensor,
        let place = contents.place(ofTensorNamed: name)
      else { return nil }
      let tensor = contents.tensors[place]
      guard let layout = WeightLayout(kind, shape: tensor.shape), layout.weightsPerUnit <= Self.maximumPixelCount,
        tensor.count <= MatrixReduction.maximumCount
      else { return nil }
      let isKernel = tensor.shape.count == 4
      guard let shape = isKernel ? ImageShape(Array(tensor.shape[1...])) : input,
        shape.channels * shape.height * shape.width == layout.weightsPerUnit, shape.height * shape.width > 1
      else { return nil }
      self.layer = layer.name
      self.isKernel = isKernel
      unitCount = layout.unitCount
      (width, height, channels) = (shape.width, shape.height, shape.channels)
      images = try Self.images(try TensorPieces(source, contents, tensor), layout)
      return
    }
    return nil
  }

  /// The weights of the first units.
  private static func images(_ pieces: TensorPieces, _ layout: WeightLayout) throws(ModelFormatError) -> [[Double]] {
    let (count, length) = (min(layout.unitCount, maximumImageCount), layout.weightsPerUnit)
    var images = [[Double]](repeating: [Double](repeating: 0, count: length), count: count)
    let wanted = layout.unitIsFirst ? 0..<count * length : 0..<layout.unitCount * length
    try unsafe pieces.forEachBlock(in: wanted) { first, block in
      for index in 0..<block.count {
        let place = first + index
        let (unit, pixel): (Int, Int)
        if layout.unitIsFirst {
          (unit, pixel) = (place / length, place % length)
        } else {
          let inner = layout.second * layout.rest
          (unit, pixel) = (place % inner / layout.rest, place / inner * layout.rest + place % layout.rest)
        }
        if unit < count { images[unit][pixel] = unsafe block[index] }
      }
      return true
    }
    return images
  }
}

/// An input or a kernel that can be seen as an image: rows and columns, for each channel.
private struct ImageShape {
  let channels: Int
  let height: Int
  let width: Int

  init?(_ shape: [Int]) {
    guard shape.count == 2 || shape.count == 3, shape.allSatisfy({ (1...4096).contains($0) }) else { return nil }
    channels = shape.count == 3 ? shape[0] : 1
    (height, width) = (shape[shape.count - 2], shape[shape.count - 1])
  }

  /// Whether another shape has as many values.
  func holds(_ shape: [Int]) -> Bool {
    var count = channels * height * width
    for dimension in shape {
      guard dimension > 0, count.isMultiple(of: dimension) else { return false }
      count /= dimension
    }
    return count == 1
  }
}
