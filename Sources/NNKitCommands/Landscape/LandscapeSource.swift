import IDX
import LossLandscape
import ModelFormat
import NetworkStorage
import NeuralNetwork
import Threads

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
    dataset = try samples.dataset.evenlySpaced(limit: options.samples ?? 1000)
  }

  /// Measures the loss around the model, along the directions of the path if there is one.
  func report(
    path checkpoints: [String], _ options: LandscapeOptions, _ progress: LandscapeProgress
  ) throws -> LandscapeReport {
    let plane = try plane(path: checkpoints, options)
    let total = options.grid * options.grid
    let landscape = try plane.landscape(
      of: dataset, loss: loss, halfWidth: options.range, count: options.grid,
      threads: options.threads ?? Processors.count
    ) { progress.show(done: $0, of: total) }
    guard landscape.grid.finiteRange != nil else {
      throw CommandFailure.badData("\(images): the loss is nowhere finite; look for damaged input values")
    }
    // Models at the end of the path that are the last one again have no station of their own.
    let names = checkpoints.prefix(max(plane.path.count - 1, 0)) + [path]
    return LandscapeReport(
      subject: .model(
        LandscapeReport.ModelFacts(
          path: path, images: images, samples: dataset.count, available: available, dropped: dropped, loss: loss,
          parameters: network.parameterCount, directions: plane.directions, cosine: plane.plane.cosine)),
      landscape: landscape, pathNames: Array(names))
  }

  private func plane(path checkpoints: [String], _ options: LandscapeOptions) throws -> LandscapePlane {
    guard !checkpoints.isEmpty else {
      return try failing(path) { () throws(NetworkError) in
        try .random(around: network, normalization: options.normalization?.value ?? .layer, seed: options.seed ?? 0)
      }
    }
    let networks = try checkpoints.map(checkpoint)
    return try failing("--path") { () throws(NetworkError) in try .path(through: networks, to: network) }
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
