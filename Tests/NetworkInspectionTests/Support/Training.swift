import NeuralNetwork

/// Images of 64 bytes in ten classes, centred: a fixed random pattern for each class, with noise on each image.
func patternImages(_ count: Int, seed: UInt64) throws -> (inputs: DatasetInputs<Float>, labels: [Int]) {
  var patterns = RandomGenerator(seed: 2024)
  let classes = (0..<10).map { _ in (0..<64).map { _ in patterns.next(below: 200) } }
  var generator = RandomGenerator(seed: seed)
  let labels = (0..<count).map { _ in generator.next(below: 10) }
  let bytes = labels.flatMap { classes[$0].map { UInt8($0 + generator.next(below: 56)) } }
  return (try DatasetInputs(bytes: bytes, width: 64, scale: 1 / 255, offset: -0.5), labels)
}

/// A classifier that has learned them.
func trainedNetwork(_ shape: [Int], _ layers: [LayerSpecification], seed: UInt64) throws -> Network<Float> {
  let (inputs, labels) = try patternImages(600, seed: seed)
  var generator = RandomGenerator(seed: seed)
  let network = try Network<Float>(inputShape: shape, layers: layers, initializer: .he, generator: &generator)
  let trainer = try Trainer(
    network: network, training: Dataset(inputs: inputs, targets: .labels(labels, classes: 10)),
    configuration: TrainingConfiguration(
      optimizer: .adam(), learningRate: 0.003, batchSize: 20, duration: .epochs(4), seed: seed))
  _ = try trainer.run()
  return trainer.network
}
