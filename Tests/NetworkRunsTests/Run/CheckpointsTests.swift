import BinaryIO
import ModelFormat
import TestSupport
import Testing

@testable import NetworkRuns

/// Models of the way that cannot be saved: the others are, and the first failure is remembered.
struct CheckpointsTests {
  private struct NoModel: Error {}

  @Test func aFailureDoesNotKeepTheNextOnesFromBeingSaved() throws {
    let folder = try TemporaryFolder()
    let output = folder.file("a.nnk")
    let model = try Model(topology: nil, tensors: [Tensor(name: "t", shape: [1], values: [1] as [Float])])
    // It appears once training has begun.
    try folder.write([7], to: "a-epoch-0004.nnk")

    var checkpoints = Checkpoints(CheckpointPaths(output: output, interval: 2, epochs: 8), replacing: false)
    for epoch in 0...7 {
      checkpoints.save(afterEpoch: epoch) {
        // The model of an epoch that is not kept is not asked for.
        if !epoch.isMultiple(of: 2) { throw NoModel() }
        return model
      }
      #expect((checkpoints.failure == nil) == (epoch < 4))
    }
    checkpoints.save(afterEpoch: 8) { throw NoModel() }

    let names = ["a-epoch-0000.nnk", "a-epoch-0002.nnk", "a-epoch-0006.nnk"]
    #expect(checkpoints.saved == names.map(folder.file))
    let failure = try #require(checkpoints.failure as? ModelFormatError)
    #expect(failure.fileError?.reason == .alreadyExists)
    #expect(try folder.names() == (names + ["a-epoch-0004.nnk"]).sorted())
    for (path, epoch) in zip(checkpoints.saved, [0, 2, 6]) {
      #expect(try Model(contentsOf: path).metadata["training.checkpoint_epoch"] == .integer(epoch))
    }
  }
}
