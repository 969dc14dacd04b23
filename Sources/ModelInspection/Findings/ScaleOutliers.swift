import BinaryIO
import Formatting
import ModelFormat

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Weights whose size is out of line with that of the other weights.
///
/// The size of weights is RMS · √(weights per unit), which initialisers set to about 1 whatever the shape (Glorot and
/// Bengio, 2010; He et al., 2015), so that layers of any width can be compared. What is more than 32 times the median
/// of all, or less than a 32nd of it, is reported. The median of two layers says nothing; so 1 is taken in
/// as a third size where there are no more than two.
enum ScaleOutliers {
  /// |log₂(size / median)| above this is out of line.
  static let limit = 5.0

  struct Weights {
    let tensor: MeasuredTensor
    let weightsPerUnit: Int

    /// log₂ of the size; nil for weights that are all 0, or not all finite.
    var logarithm: Double? {
      guard tensor.isFinite, tensor.statistics.l2Norm > 0 else { return nil }
      let logarithm =
        log2(tensor.statistics.l2Norm) - log2(Double(tensor.description.count) / Double(weightsPerUnit)) / 2
      return logarithm.isFinite ? logarithm : nil
    }
  }

  static func findings(_ weights: [Weights]) -> [Finding] {
    let measured = weights.compactMap { weights in weights.logarithm.map { (weights, $0) } }
    guard measured.count >= 2 else { return [] }
    let hasReference = measured.count == 2
    let sorted = (measured.map(\.1) + (hasReference ? [0] : [])).sorted()
    let middle = sorted.count / 2
    let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    let peers =
      hasReference
      ? "of the network's weights and 1, about which weights begin" : "of \(measured.count) tensors of weights"
    return measured.filter { abs($0.1 - median) > limit }.map { weights, logarithm in
      let factor = exp2(abs(logarithm - median))
      return Finding(
        .scaleOutlier, .warning, place: Evidence.place(ofTensor: weights.tensor.description.name),
        message: "RMS · √(weights per unit) is \(Evidence.number(exp2(logarithm))), "
          + (logarithm > median ? "\(Evidence.number(factor)) times" : "1/\(Evidence.number(factor)) of")
          + " the median \(peers); the limit is 32",
        evidence: [
          "scale": .number(exp2(logarithm)), "median": .number(exp2(median)),
          "factor": .number(exp2(logarithm - median)),
          "tensors": .integer(measured.count), "weights_per_unit": .integer(weights.weightsPerUnit),
        ])
    }
  }
}
