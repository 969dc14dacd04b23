/// How far backpropagated gradients are from numerical ones.
public struct GradientCheckResult: Sendable, Equatable {
  /// The largest relative error |a − n| / max(|a|, |n|, floor) over all parameters and inputs.
  public let largestError: Double
  /// Where it is: "affine1.weight[3]" or "inputs[0]".
  public let place: String
  /// The backpropagated derivative there, a.
  public let backpropagated: Double
  /// The numerical derivative there, n.
  public let numerical: Double
  /// How many derivatives were compared.
  public let compared: Int
}

/// Compares backpropagation with numerical differentiation, for each parameter and each input of a network.
public enum GradientCheck {
  /// Derivatives smaller than this are compared by their difference, because rounding drowns their ratio.
  public static let magnitudeFloor = 1e-5

  /// Checks the gradients of one mini-batch.
  ///
  /// The numerical derivative takes four points, (8(f(+h) − f(−h)) − (f(+2h) − f(−2h))) / 12h, whose error is
  /// O(h⁴). It makes no sense within 2h of a kink of ReLU. Time: four forward passes for each parameter and
  /// each input.
  ///
  /// - Parameters:
  ///   - network: The network, in double precision.
  ///   - inputs: One sample in each row.
  ///   - targets: What the network should give.
  ///   - loss: The loss.
  ///   - step: h.
  ///   - seed: What the random choices of dropout follow from, the same for all points.
  /// - Returns: The largest error and its place.
  /// - Throws: `NetworkError` if network, inputs, targets and loss do not fit one another.
  public static func run(
    network: Network<Double>, inputs: Matrix<Double>, targets: Targets<Double>, loss: Loss,
    step: Double = 1e-3, seed: UInt64 = 0
  ) throws(NetworkError) -> GradientCheckResult {
    let gradients = try network.lossAndGradients(inputs: inputs, targets: targets, loss: loss, seed: seed)
    var result = GradientCheckResult(
      largestError: 0, place: "nowhere", backpropagated: 0, numerical: 0, compared: 0)
    for entry in network.parameterEntries {
      for index in entry.range {
        let numerical = try difference(step) { shift throws(NetworkError) in
          var shifted = network
          shifted.parameters[index] += shift
          return try shifted.trainingLoss(inputs: inputs, targets: targets, loss: loss, seed: seed)
        }
        result = result.adding(
          gradients.parameters[index], numerical, at: "\(entry.name)[\(index - entry.range.lowerBound)]")
      }
    }
    for index in inputs.elements.indices {
      let numerical = try difference(step) { shift throws(NetworkError) in
        var elements = inputs.elements
        elements[index] += shift
        let shifted = Matrix(uncheckedRows: inputs.rows, columns: inputs.columns, elements: elements)
        return try network.trainingLoss(inputs: shifted, targets: targets, loss: loss, seed: seed)
      }
      result = result.adding(gradients.inputs.elements[index], numerical, at: "inputs[\(index)]")
    }
    return result
  }

  private static func difference(
    _ step: Double, _ function: (Double) throws(NetworkError) -> Double
  ) throws(NetworkError) -> Double {
    let near = try function(step) - function(-step)
    let far = try function(2 * step) - function(-2 * step)
    return (8 * near - far) / (12 * step)
  }
}

extension GradientCheckResult {
  fileprivate func adding(_ backpropagated: Double, _ numerical: Double, at place: String) -> Self {
    let magnitude = max(abs(backpropagated), abs(numerical), GradientCheck.magnitudeFloor)
    let error = abs(backpropagated - numerical) / magnitude
    // The negation lets a NaN win, instead of losing each comparison.
    guard !(error <= largestError) else {
      return Self(
        largestError: largestError, place: self.place, backpropagated: self.backpropagated,
        numerical: self.numerical, compared: compared + 1)
    }
    return Self(
      largestError: error, place: place, backpropagated: backpropagated, numerical: numerical,
      compared: compared + 1)
  }
}
