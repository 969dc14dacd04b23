import Testing

@testable import NetworkRuns

struct CheckpointPathsTests {
  private func path(_ output: String, epoch: Int = 5, epochs: Int = 20) -> String {
    CheckpointPaths(output: output, interval: 1, epochs: epochs).path(ofEpoch: epoch)
  }

  @Test func theEpochStandsBeforeTheExtension() {
    #expect(path("digits.nnk") == "digits-epoch-0005.nnk")
    #expect(path("models/v1.2/digits.nnk") == "models/v1.2/digits-epoch-0005.nnk")
    #expect(path("/digits.nnk", epoch: 0) == "/digits-epoch-0000.nnk")
    #expect(path("./digits.nnk") == "./digits-epoch-0005.nnk")
    #expect(path("digits.v2.nnk") == "digits.v2-epoch-0005.nnk")
  }

  @Test func aNameWithoutExtensionGetsNone() {
    #expect(path("v1.2/digits") == "v1.2/digits-epoch-0005")
    #expect(path(".digits") == ".digits-epoch-0005")
    #expect(path(".digits.nnk") == ".digits-epoch-0005.nnk")
  }

  @Test(arguments: [1, 20, 9_999, 10_000, 123_456]) func namesInOrderAreEpochsInOrder(epochs: Int) {
    let chosen = [0, 1, 2, 9, 10, 11, 99, 100, 999, 1_000, 9_999, 10_000, 99_999, 100_000].filter { $0 <= epochs }
    let names = chosen.map { path("digits.nnk", epoch: $0, epochs: epochs) }
    #expect(
      names.map { Array($0.utf8) } == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { Array($0.utf8) }
    )
    #expect(Set(names).count == names.count && Set(names.map(\.count)).count == 1)
  }

  @Test func theStartAndEachNthEpochAreKept() {
    let paths = CheckpointPaths(output: "digits.nnk", interval: 3, epochs: 10)
    #expect((0...10).filter(paths.isDue) == [0, 3, 6, 9])
  }
}
