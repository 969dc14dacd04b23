import Foundation
import TestSupport

/// A network of two linear layers as PyTorch keeps it, and what it makes of an input.
struct StateDict {
  let first: [[Float]]
  let firstBias: [Float]
  let second: [[Float]]

  init(inputs: Int, hidden: Int, outputs: Int, seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    func matrix(_ rows: Int, _ columns: Int) -> [[Float]] {
      (0..<rows).map { _ in (0..<columns).map { _ in Float.random(in: -1...1, using: &generator) } }
    }
    first = matrix(hidden, inputs)
    firstBias = matrix(1, hidden)[0]
    second = matrix(outputs, hidden)
  }

  /// The second layer has no bias, and a number that comes first if it is taken for text.
  var bytes: [UInt8] {
    SafetensorsFile.bytes(
      [
        .init(name: "net.10.weight", shape: [second.count, first.count], values: second.flatMap(\.self)),
        .init(name: "net.2.bias", shape: [first.count], values: firstBias),
        .init(name: "net.2.weight", shape: [first.count, first[0].count], values: first.flatMap(\.self)),
      ], metadata: "{\"format\":\"pt\"}")
  }

  /// softmax(W₂ · relu(W₁ · x + b₁)) with weights [outputs, inputs].
  func probabilities(_ input: [Double]) -> [Double] {
    let hidden = zip(first, firstBias).map { row, bias in
      max(0, zip(row, input).reduce(Double(bias)) { $0 + Double($1.0) * $1.1 })
    }
    let outputs = second.map { row in zip(row, hidden).reduce(0) { $0 + Double($1.0) * $1.1 } }
    let exponentials = outputs.map { exp($0 - (outputs.max() ?? 0)) }
    return exponentials.map { $0 / exponentials.reduce(0, +) }
  }
}
