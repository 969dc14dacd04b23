/// A number type that networks compute with: `Float` for training, `Double` for gradient checks.
///
/// Only `Float` and `Double` conform. Other types cannot, because `NumericalKernels` has no public
/// initialiser.
public protocol NetworkScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// The loops and matrix products of this type, compiled for exactly this type.
  static var kernels: NumericalKernels<Self> { get }
}

/// The compiled loops of one number type, reached through `NetworkScalar.kernels`.
///
/// Generic code is not specialised across module borders. Networks therefore call this table once for
/// each layer and mini-batch, and the loops behind it are specialised inside this module.
public struct NumericalKernels<Scalar: NetworkScalar>: Sendable {
  let loops: any Kernels<Scalar>
}

extension Float: NetworkScalar {
  /// The loops for 32-bit numbers.
  public static var kernels: NumericalKernels<Float> { NumericalKernels(loops: FloatKernels()) }
}

extension Double: NetworkScalar {
  /// The loops for 64-bit numbers.
  public static var kernels: NumericalKernels<Double> { NumericalKernels(loops: DoubleKernels()) }
}
