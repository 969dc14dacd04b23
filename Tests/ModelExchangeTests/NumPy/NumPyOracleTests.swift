import ModelExchange
import ModelFormat
import TestSupport
import Testing

/// Files of NumPy hold what NumPy says.
struct NumPyOracleTests {
  static let files = RecordedFile.all("numpy_files.json")

  @Test func `the recorded files are there`() { #expect(NumPyOracleTests.files.count == 21) }

  @Test(arguments: files)
  func `arrays of NumPy are read bit for bit`(_ file: RecordedFile) throws {
    let reader = try ModelFiles.open(bytes: file.bytes)
    #expect(reader.format == (file.bytes[0] == 0x93 ? .numPyArray : .numPyArchive))
    #expect(try RecordedFile.tensors(reader) == file.tensors)
    #expect(RecordedFile.differences(reader.metadata, file.metadata) == [])
    #expect(reader.errors().isEmpty)
    var random = SplitMix64(seed: 11)
    try RecordedFile.checkParts(reader, &random)
  }
}
