/// One named tensor of a network.
public struct ParameterEntry: Sendable, Equatable {
  /// The layer's name and the role: "affine1.weight".
  public let name: String
  /// The place of the layer in the network, from 0.
  public let layerIndex: Int
  /// Role and shape.
  public let specification: ParameterSpecification
  /// Where the values are in the network's contiguous buffer of parameters, or of running statistics.
  public let range: Range<Int>

  /// What the tensor is for: "weight", "bias", "running_mean" or "running_variance".
  public var role: String { specification.role }
  /// The dimensions, row-major.
  public var shape: [Int] { specification.shape }
}
