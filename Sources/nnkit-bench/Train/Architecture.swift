import ArgumentParser
import NetworkRuns

/// `--arch`: the widths of a network from its input to its output, 784-50-10.
struct Architecture: ExpressibleByArgument {
  /// At least two, each at least 1.
  private let widths: [Int]

  static let `default` = Architecture(checked: [784, 50, 10])

  init?(argument: String) {
    let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
    let widths = parts.compactMap { Int($0) }.filter { $0 >= 1 }
    guard widths.count == parts.count, widths.count >= 2 else { return nil }
    self.widths = widths
  }

  private init(checked widths: [Int]) { self.widths = widths }

  var inputs: Int { widths[0] }
  var outputs: Int { widths[widths.count - 1] }

  /// A network with these widths, and activations between its affine layers.
  func design(_ activation: Activation) -> NetworkDesign { .hidden(Array(widths[1..<widths.count - 1]), activation) }
}
