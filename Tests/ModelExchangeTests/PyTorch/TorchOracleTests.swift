import ModelExchange
import ModelFormat
import TestSupport
import Testing

/// Checkpoints of PyTorch hold what PyTorch says.
struct TorchOracleTests {
  static let files = RecordedFile.all("torch_files.json")

  @Test func `the recorded files are there`() { #expect(TorchOracleTests.files.count == 34) }

  @Test(arguments: files)
  func `checkpoints of PyTorch are read bit for bit`(_ file: RecordedFile) throws {
    let reader = try ModelFiles.open(bytes: file.bytes)
    #expect(reader.format == (file.bytes[0] == 0x80 ? .pyTorchPickle : .pyTorch))
    #expect(sorted(try RecordedFile.tensors(reader)) == sorted(file.tensors))
    #expect(RecordedFile.differences(reader.metadata, file.metadata) == [])
    let state = try #require(file.state)
    #expect(sorted(try RecordedFile.tensors(reader, state: true)) == sorted(state))
    #expect(reader.hasTrainingState == (file.stateValues != nil))
    #expect(
      RecordedFile.differences(reader.contents.stateValues ?? [:], file.stateValues ?? [:]) == [])
    #expect(reader.errors().allSatisfy { $0.code == .unsupported })
    #expect(reader.tensors.reduce(0) { $0 + reader.storedByteCount(of: $1) } < file.bytes.count)
    var random = SplitMix64(seed: 12)
    try RecordedFile.checkParts(reader, &random)
  }

  /// A module of TorchScript has its parts in an order of its own.
  private func sorted(_ tensors: [RecordedFile.Tensor]) -> [RecordedFile.Tensor] {
    tensors.sorted { $0.name < $1.name }
  }
}
