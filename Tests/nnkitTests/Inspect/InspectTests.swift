import TestSupport
import Testing

/// `nnkit inspect` on a trained model.
struct InspectTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "digits.nnk")
  }

  private func document(_ options: [String] = []) throws -> [String: Any] {
    let outcome = try Program.succeed(["inspect", "digits.nnk", "--json"] + options, in: folder)
    #expect(outcome.standardError.isEmpty)
    return try JSON.object(outcome.output)
  }

  @Test func textNamesEveryLayerTensorAndSeries() throws {
    let outcome = try Program.succeed(["inspect", "digits.nnk"], in: folder)
    #expect(outcome.standardError.isEmpty)
    #expect(!outcome.output.contains("\u{1B}"))
    for text in [
      "digits.nnk", "affine1", "relu1", "affine2", "softmax1", "affine1.weight", "affine2.bias", "64×8",
      "test_accuracy", "training.seed", "610 parameters",
    ] {
      #expect(outcome.output.contains(text), "\(text)")
    }
  }

  @Test func jsonHasTheKeysOfTheContract() throws {
    let document = try document()
    #expect(try document.integer("schema") == 1)
    let file = try document.object("file")
    #expect(try file.string("path") == "digits.nnk")
    #expect(try file.integer("bytes") == folder.read("digits.nnk").count)
    #expect(try file.string("format") == "nnk")
    #expect(try file.string("version").split(separator: ".").count == 2)

    let topology = try document.object("topology")
    #expect(topology["input_shape"] as? [Int] == [8, 8])
    // 64 · 8 + 8 and 8 · 10 + 10.
    #expect(try topology.integer("parameters") == 610)
    let layers = try topology.objects("layers")
    #expect(try layers.map { try $0.string("kind") } == ["affine", "relu", "affine", "softmax"])
    #expect(try layers.map { try $0.integer("index") } == [0, 1, 2, 3])
    #expect(try layers.map { try $0.integer("parameters") } == [520, 0, 90, 0])

    let history = try document.object("history")
    #expect(try history.integer("epochs") == 3)
    let series = try history.object("series")
    for name in ["loss", "accuracy", "test_loss", "test_accuracy", "learning_rate", "seconds", "samples"] {
      #expect((series[name] as? [Double])?.count == 3, "\(name)")
    }
    #expect(try document.object("metadata").integer("training.batch_size") == 32)
  }

  @Test func everyTensorHasStatisticsThatAddUp() throws {
    let tensors = try document().objects("tensors")
    #expect(
      try tensors.map { try $0.string("name") } == [
        "affine1.weight", "affine1.bias", "affine2.weight", "affine2.bias",
      ])
    for tensor in tensors {
      #expect(try tensor.string("dtype") == "f32")
      let shape = try #require(tensor["shape"] as? [Int])
      let count = try tensor.integer("count")
      #expect(shape.reduce(1, *) == count)
      #expect(try tensor.integer("stored_bytes") > 0)
      let statistics = try tensor.object("statistics")
      for key in ["zeros", "nan", "positive_infinity", "negative_infinity"] {
        #expect((0...count).contains(try statistics.integer(key)))
      }
      let mean = try statistics.number("mean")
      let deviation = try statistics.number("standard_deviation")
      let norm = try statistics.number("l2_norm")
      #expect(try statistics.number("minimum") <= mean)
      #expect(try mean <= statistics.number("maximum"))
      // Σx² = n (σ² + μ²) for the deviation over all n elements.
      let sum = Double(count) * (deviation * deviation + mean * mean)
      #expect(abs(norm * norm - sum) < 1e-9 * max(1, sum))
      let histogram = try statistics.object("histogram")
      let edges = try #require(histogram["edges"] as? [Double])
      let counts = try #require(histogram["counts"] as? [Int])
      #expect(edges.count == counts.count + 1)
      #expect(edges == edges.sorted())
      #expect(counts.reduce(0, +) == count)
    }
  }

  @Test func oneTensorAloneIsShown() throws {
    let tensors = try document(["--tensor", "affine2.bias"]).objects("tensors")
    #expect(try tensors.map { try $0.string("name") } == ["affine2.bias"])
    try expectRefusal(
      ["inspect", "digits.nnk", "--tensor", "nothing"], exitCode: 64,
      evidence: ["nothing", "affine1.weight"],
      in: folder)
  }

  @Test func withoutStatisticsNoWeightIsRead() throws {
    var bytes = try folder.read("digits.nnk")
    let weights = try #require(ModelParts.of(bytes).first { $0.name == "CHNK" })
    bytes[weights.range.lowerBound + 40] ^= 1
    try folder.write(bytes, to: "damaged.nnk")
    let outcome = try Program.succeed(["inspect", "damaged.nnk", "--json", "--no-statistics"], in: folder)
    let tensors = try JSON.object(outcome.output).objects("tensors")
    #expect(tensors.count == 4)
    #expect(tensors.allSatisfy { $0["statistics"] == nil })
    try expectRefusal(["inspect", "damaged.nnk"], exitCode: 65, evidence: ["affine1.weight"], in: folder)
  }
}
