import ModelExchange
import ModelFormat
import Testing

struct SafetensorsVerifyingTests {
  @Test func aSoundFileHasNoErrors() throws {
    #expect(try ModelFiles.open(bytes: SafetensorsBytes.golden).errors().isEmpty)
  }

  @Test func aBooleanThatIsNeither0Nor1IsFound() throws {
    var values = [UInt8](repeating: 1, count: 2_000_000)
    values[1_500_000] = 2
    let header = "{\(SafetensorsBytes.tensor("mask", "BOOL", [2_000_000], 0, 2_000_000))}"
    let file = try ModelFiles.open(bytes: SafetensorsBytes.file(header, values))
    let errors = file.errors()
    let error = try #require(errors.first)
    #expect(errors.count == 1 && error.code == .invalidTensor && error.tensor == "mask")
    #expect(error.found == "2 for element 1500000")
    #expect(error.section == "data")
    // Loading refuses it in the same words.
    #expect(throws: error) { _ = try file.model(threads: 1) }
    #expect(throws: error) { _ = try file.tensor(named: "mask") }
  }
}
