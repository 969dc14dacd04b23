import Formatting
import NeuralNetwork

/// What help and messages say of optimisers, from the library's own table of them.
enum OptimizerTable {
  /// The optimisers that have a setting: `momentum and nesterov`.
  static func names(with setting: String, _ conjunction: String) -> String {
    list(Optimizer.Name.allCases.filter { has($0, setting) }, conjunction)
  }

  /// Whether an optimiser has a setting.
  static func has(_ name: Optimizer.Name, _ setting: String) -> Bool {
    Optimizer(name).settings.contains { $0.name == setting }
  }

  /// `0.1 with sgd, 0.001 with adam and adamw, otherwise 0.01`
  static var learningRates: String {
    let (usual, others) = values(\.defaultLearningRate)
    return (others + ["otherwise \(usual)"]).joined(separator: ", ")
  }

  /// `0; 0.01 with adamw`
  static var weightDecays: String {
    let (usual, others) = values(\.defaultWeightDecay)
    return ([usual] + others).joined(separator: "; ")
  }

  /// The value that most optimisers have, and the others with their names.
  private static func values(_ value: (Optimizer) -> Double) -> (usual: String, others: [String]) {
    var groups: [(value: Double, names: [Optimizer.Name])] = []
    for name in Optimizer.Name.allCases {
      let value = value(Optimizer(name))
      if let place = groups.firstIndex(where: { $0.value == value }) {
        groups[place].names.append(name)
      } else {
        groups.append((value, [name]))
      }
    }
    let usual = groups.max { $0.names.count < $1.names.count }?.value ?? 0
    return (
      Text.significant(usual),
      groups.filter { $0.value != usual }.map { "\(Text.significant($0.value)) with \(list($0.names, "and"))" }
    )
  }

  /// `a`, `a and b`, `a, b and c`
  private static func list(_ names: [Optimizer.Name], _ conjunction: String) -> String {
    let words = names.map(\.rawValue)
    guard let last = words.last, words.count > 1 else { return words.joined() }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }
}
