/// What is known of a kind of layer but how it computes.
package struct LayerDefinition: Sendable {
  /// The words that stand for the kind in a network's text, if its name alone does not; the first is the one to write.
  package let words: [String]
  /// The settings, in the order in which they are written.
  package let fields: [LayerField]
  /// The shape of the output.
  package let output: LayerOutput
  /// The tensors, those that are trained before those that are measured.
  package let tensors: [LayerTensor]
  /// What inspection, initialisers and other formats ask for.
  package let traits: LayerTraits

  init(
    words: [String] = [], fields: [LayerField] = [], output: LayerOutput = .unchanged, tensors: [LayerTensor] = [],
    traits: LayerTraits = []
  ) {
    self.words = words
    self.fields = fields
    self.output = output
    self.tensors = tensors
    self.traits = traits
  }
}

/// What a kind of layer does to its values.
package struct LayerTraits: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// It applies one function to each value by itself, in training as in inference.
  package static let elementwise = LayerTraits(rawValue: 1)
  /// It lets positive values through, nearly or wholly, and keeps negative ones back: He's initialiser suits it, and a
  /// unit in front of it may never fire.
  package static let rectifies = LayerTraits(rawValue: 2)
  /// It has a bound on both sides, near which its derivative is about 0.
  package static let saturates = LayerTraits(rawValue: 4)
  /// Its outputs are the probabilities of classes that exclude one another.
  package static let givesDistribution = LayerTraits(rawValue: 8)
}

/// Why a layer cannot have a setting, or an input.
package struct LayerMisfit: Error, Equatable, Sendable {
  /// What does not fit.
  package enum Reason: Sendable {
    /// The shape of the input.
    case shape
    /// The input has more values than can be counted.
    case size
    /// A setting.
    case value
  }

  /// What does not fit.
  package let reason: Reason
  /// What should have been there.
  package let expected: String
  /// What was there.
  package let found: String
}
