/// The kinds of layers, and all that is known of each but how it computes: the one place that says so.
///
/// The raw value is the name of the kind in files, and in the names of layers, as in `conv1`. `specs/conventions.md` has
/// the same in words, with the formulas.
package enum LayerKind: String, Sendable, CaseIterable {
  case affine, conv, maxpool, averagepool, flatten, dropout, batchnorm
  case relu, leakyrelu, gelu, silu, elu, softplus, sigmoid, tanh, identity, softmax

  private static func make(_ kind: LayerKind) -> LayerDefinition {
    switch kind {
    case .affine:
      LayerDefinition(
        words: ["dense", "affine"], fields: [.integer("outputs", in: .dimension)], output: .dimension("outputs"),
        tensors: [
          LayerTensor("weight", [.inputs, .output], .random(inputs: [.inputs], outputs: [.output])),
          LayerTensor("bias", [.output], .constant(0)),
        ])
    case .conv:
      LayerDefinition(
        fields: [
          .integer("filters", in: .dimension), .integer("kernel_size", "window size", in: .positive),
          .integer("stride", in: .positive, else: 1), .integer("padding", in: .below("kernel_size"), else: 0),
        ],
        output: .windows(size: "kernel_size", padding: "padding", channels: "filters"),
        tensors: [
          LayerTensor(
            "weight", [.field("filters"), .planes, .field("kernel_size"), .field("kernel_size")],
            .random(
              inputs: [.planes, .field("kernel_size"), .field("kernel_size")],
              outputs: [.field("filters"), .field("kernel_size"), .field("kernel_size")])),
          LayerTensor("bias", [.field("filters")], .constant(0)),
        ])
    case .maxpool, .averagepool:
      LayerDefinition(
        fields: [
          .integer("size", "window size", in: .positive), .integer("stride", in: .positive, elseFieldBefore: true),
        ],
        output: .windows(size: "size"))
    case .flatten: LayerDefinition(output: .flattened)
    case .dropout: LayerDefinition(fields: [.number("rate", in: .halfOpen(0, 1))])
    case .batchnorm:
      LayerDefinition(
        fields: [.number("momentum", in: .closed(0, 1), else: 0.1), .number("epsilon", in: .above(0), else: 1e-5)],
        tensors: [
          LayerTensor("weight", [.channels], .constant(1)), LayerTensor("bias", [.channels], .constant(0)),
          LayerTensor("running_mean", [.channels], .constant(0), isMeasured: true),
          LayerTensor("running_variance", [.channels], .constant(1), isMeasured: true),
        ])
    case .relu, .gelu, .silu, .softplus: LayerDefinition(traits: [.elementwise, .rectifies])
    case .leakyrelu:
      LayerDefinition(fields: [.number("slope", in: .atLeast(0), else: 0.01)], traits: [.elementwise, .rectifies])
    case .elu:
      LayerDefinition(fields: [.number("alpha", in: .above(0), else: 1)], traits: [.elementwise, .rectifies])
    case .sigmoid, .tanh: LayerDefinition(traits: [.elementwise, .saturates])
    case .identity: LayerDefinition(traits: .elementwise)
    case .softmax: LayerDefinition(traits: .givesDistribution)
    }
  }

  private static let definitions = Dictionary(uniqueKeysWithValues: allCases.map { ($0, make($0)) })

  /// What is known of the kind. O(1).
  package var definition: LayerDefinition { LayerKind.definitions[self] ?? LayerKind.make(self) }

  /// The words that stand for the kind in a network's text; the first is the one to write.
  package var words: [String] { definition.words.isEmpty ? [rawValue] : definition.words }

  /// The kind that a word stands for.
  package init?(word: String) {
    guard let kind = LayerKind.allCases.first(where: { $0.words.contains(word) }) else { return nil }
    self = kind
  }

  /// The kinds that apply a function without settings to each value by itself.
  package static let activations = allCases.filter {
    $0.definition.traits.contains(.elementwise) && $0.definition.fields.isEmpty
  }

  /// The kinds that rectify.
  package static let rectifiers = allCases.filter { $0.definition.traits.contains(.rectifies) }

  /// The roles of tensors that training measures rather than learns, of all kinds.
  package static let measuredRoles = Set(
    allCases.flatMap(\.definition.tensors).filter(\.isMeasured).map(\.role))
}
