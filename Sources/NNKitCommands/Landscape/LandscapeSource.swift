import LossLandscape
import NetworkRuns
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

  init(modelPath: String, _ files: SampleFiles, _ options: LandscapeOptions) throws {
    path = modelPath
    images = files.samples
    let model = try LoadedNetwork(contentsOf: modelPath)
    network = model.network
    loss = try options.loss?.value ?? model.loss
    let samples = try EvaluationSamples(files, for: model, loss: loss)
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
    let other = try LoadedNetwork(contentsOf: file).network
    guard other.inputShape == network.inputShape, other.layers == network.layers else {
      throw CommandFailure.badData("\(file): expected the layers of \(path), found others")
    }
    return other
  }

  /// What fails because of the values of a file is said with its name.
  private func failing<Value>(_ place: String, _ body: () throws(NetworkError) -> Value) throws -> Value {
    do throws(NetworkError) { return try body() } catch { throw CommandFailure.badData("\(place): \(error)") }
  }
}
