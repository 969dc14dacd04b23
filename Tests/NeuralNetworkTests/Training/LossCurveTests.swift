import IDX
import NeuralNetwork
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Training against PyTorch's, mini-batch by mini-batch: the same initial weights, the same batches in the same order.
struct LossCurveTests {
  private static let optimizers: [(optimizer: Optimizer, learningRate: Double)] = [
    (.sgd, 0.5), (.momentum(), 0.05), (.adam(), 0.005),
  ]

  private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The shipped digits, or another folder of IDX files.
  private static func data() throws -> Dataset<Float> {
    let folder = environment("NNKIT_LOSS_CURVE_DATA") ?? Repository.path("samples/digits")
    let data = try IDXFolder(path: folder).training.load()
    return try Dataset(
      inputs: DatasetInputs(
        bytes: data.samples.bytes, width: data.samples.header.elementsPerItem, scale: 1 / 255, offset: 0),
      targets: .labels(data.labels, classes: 10))
  }

  private static func network(width: Int) throws -> Network<Float> {
    var generator = RandomGenerator(seed: 600)
    return try Network(
      inputShape: [width],
      layers: [.affine(outputs: width == 64 ? 16 : 50), .sigmoid, .affine(outputs: 10), .softmax],
      initializer: .xavier, generator: &generator)
  }

  private static func losses(
    _ data: Dataset<Float>, _ optimizer: Optimizer, _ learningRate: Double
  ) throws -> [Double] {
    let trainer = try Trainer(
      network: network(width: data.width), training: data,
      configuration: TrainingConfiguration(
        optimizer: optimizer, learningRate: learningRate, batchSize: 100, duration: .iterations(600),
        sampling: .sequential, seed: 1, threads: 2))
    var losses: [Double] = []
    #expect(try trainer.run(progress: { losses.append($0.loss) }) == .finished)
    return losses
  }

  /// 600 losses are PyTorch's within 0.1 percent.
  @Test(arguments: optimizers) func theLossesOf600MiniBatchesAreThoseOfPyTorchWithinAThousandth(
    optimizer: Optimizer, learningRate: Double
  ) throws {
    guard Self.environment("NNKIT_LOSS_CURVE_DATA") == nil else { return }
    let curves: [String: [Double]] = try Oracle.recorded("loss_curve.json")
    let expected = try #require(curves[optimizer.name.rawValue])
    let losses = try Self.losses(Self.data(), optimizer, learningRate)
    #expect(losses.count == 600 && expected.count == 600)
    let deviations = zip(losses, expected).map { abs($0 - $1) / $1 }
    #expect((deviations.max() ?? 1) < 1e-3)
    // The curve falls, so that there is something to agree on.
    #expect(try #require(losses.last) < 0.25 * losses[0])
  }

  /// For Tests/Oracles/loss_curve.py.
  @Test(.enabled(if: environment("NNKIT_LOSS_CURVE_OUTPUT") != nil))
  func initialWeightsAndLossesAreWrittenForTheOracle() throws {
    let folder = try #require(Self.environment("NNKIT_LOSS_CURVE_OUTPUT"))
    let data = try Self.data()
    try write(try Self.network(width: data.width).parameters, to: folder + "/weights.f32")
    for (optimizer, learningRate) in Self.optimizers {
      let text = try Self.losses(data, optimizer, learningRate).map { "\($0)\n" }.joined()
      try write(Array(text.utf8), to: folder + "/\(optimizer.name.rawValue).txt")
    }
  }

  private func write<Element: BitwiseCopyable>(_ elements: [Element], to path: String) throws {
    let file = try #require(fopen(path, "wb"))
    let written = elements.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    #expect(written == elements.count * MemoryLayout<Element>.stride)
    #expect(fclose(file) == 0)
  }
}
