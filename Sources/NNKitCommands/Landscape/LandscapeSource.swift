import IDX
import ModelFormat
import NetworkStorage
import NeuralNetwork

/// A model, samples and a loss that fit one another.
struct LandscapeSource {
  private let path: String
  private let network: Network<Float>
  private let dataset: Dataset<Float>
  private let loss: Loss
  private let images: String
  private let available: Int
  private let dropped: Int

  init(modelPath: String, images: String, labels: String, _ options: LandscapeOptions) throws {
    path = modelPath
    self.images = images
    let model = try ModelReader(path: modelPath)
    network = try Self.network(of: model, path: modelPath)
    let topology = model.topology ?? Topology(inputShape: network.inputShape, layers: [])
    guard topology.preprocessing.scale.isFinite, topology.preprocessing.offset.isFinite else {
      throw CommandFailure.badData(
        "\(modelPath): expected a finite preprocessing, found scale \(topology.preprocessing.scale), "
          + "offset \(topology.preprocessing.offset)")
    }
    loss = try Self.loss(of: topology, path: modelPath, chosen: options.loss?.value)
    let samples = try LandscapeSamples(
      files: (modelPath, images, labels), network, loss, topology.preprocessing,
      missing: InputPreparation.missingValues(model.metadata))
    available = samples.dataset.count
    dropped = samples.dropped
    dataset = try samples.spaced(limit: options.samples ?? 1000)
  }

  /// Measures the loss around the model, along the directions of the path if there is one.
  func report(
    path checkpoints: [String], _ options: LandscapeOptions, _ progress: LandscapeProgress
  ) throws -> LandscapeReport {
    let threads = options.threads ?? Processors.count
    let normalization = options.normalization?.value ?? .layer
    let plane: ParameterPlane<Float>
    let directions: LandscapeReport.Directions
    var steps: [LandscapeReport.Step] = []
    if checkpoints.isEmpty {
      let seed = options.seed ?? 0
      plane = try failing(path) { () throws(NetworkError) in
        try ParameterPlane.random(around: network, normalization: normalization, seed: seed)
      }
      directions = .random(normalization, seed: seed)
    } else {
      var networks = try checkpoints.map(checkpoint)
      // The way ends in the model, even if the last station is the same.
      while let last = networks.last, last.parameters == network.parameters,
        last.runningStatistics == network.runningStatistics
      {
        networks.removeLast()
      }
      let (found, shares) = try failing("--path") { () throws(NetworkError) in
        try ParameterPlane.principal(checkpoints: networks, origin: network)
      }
      (plane, directions) = (found, .path(shares))
      for (name, network) in zip(checkpoints.prefix(networks.count) + [path], networks + [network]) {
        let value = try network.evaluate(dataset, loss: loss).loss
        steps.append(LandscapeReport.Step(name: name, point: plane.coordinates(of: network), loss: value))
      }
    }
    let reach = steps.reduce(0) { max($0, $1.point.x.magnitude, $1.point.y.magnitude) }
    let axis = LossGrid.axis(
      halfWidth: options.range ?? (steps.isEmpty ? 1 : Self.rounded(1.15 * reach)), count: options.grid)
    let total = axis.count * axis.count
    let grid = try plane.lossGrid(x: axis, y: axis, dataset: dataset, loss: loss, threads: threads) {
      progress.show(done: $0, of: total)
    }
    guard grid.finiteRange != nil else {
      throw CommandFailure.badData("\(images): the loss is nowhere finite; look for damaged input values")
    }
    return LandscapeReport(
      subject: .model(
        LandscapeReport.ModelFacts(
          path: path, images: images, samples: dataset.count, available: available, dropped: dropped, loss: loss,
          parameters: network.parameterCount, directions: directions, cosine: plane.cosine)),
      grid: grid, path: steps)
  }

  /// The next greater number that axes look well with.
  private static func rounded(_ reach: Double) -> Double {
    var power = 1.0
    while power > reach { power /= 10 }
    while power * 10 < reach { power *= 10 }
    return power * ([1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8].first { $0 * power >= reach } ?? 10)
  }

  private func checkpoint(_ file: String) throws -> Network<Float> {
    let other = try Self.network(of: try ModelReader(path: file), path: file)
    guard other.inputShape == network.inputShape, other.layers == network.layers else {
      throw CommandFailure.badData("\(file): expected the layers of \(path), found others")
    }
    return other
  }

  /// What fails because of the values of a file is said with its name.
  private func failing<Value>(_ place: String, _ body: () throws(NetworkError) -> Value) throws -> Value {
    do throws(NetworkError) { return try body() } catch { throw CommandFailure.badData("\(place): \(error)") }
  }

  private static func network(of model: ModelReader, path: String) throws -> Network<Float> {
    do { return try Network<Float>(model) } catch let error as NetworkStorageError {
      throw CommandFailure.badData("\(path): the network cannot be built: \(error)")
    }
  }

  private static func loss(of topology: Topology, path: String, chosen: Loss?) throws -> Loss {
    if let chosen { return chosen }
    guard let name = topology.loss else {
      throw CommandFailure.usage("\(path) does not say what loss it was trained with: give --loss")
    }
    guard let loss = Loss(rawValue: name) else {
      throw CommandFailure.badData(
        "\(path): expected a loss out of \(Loss.allCases.map(\.rawValue).joined(separator: ", ")), "
          + "found \(name.debugDescription); give --loss")
    }
    return loss
  }
}
