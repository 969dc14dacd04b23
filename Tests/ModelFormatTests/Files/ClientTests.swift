// Nothing else may be imported here: a client of the product has no BinaryIO.
import ModelFormat
import Testing

/// What a client of the library sees.
struct ClientTests {
  @Test func theReasonOfAFileErrorCanBeRead() throws {
    let path = "/no/such/folder/model.nnk"
    let error = try #require(throws: ModelFormatError.self) { try ModelReader(path: path) }
    let cause: FileError = try #require(error.fileError)
    #expect(cause.reason == .notFound && cause.operation == .open && cause.path == path)
    let saving = try #require(throws: ModelFormatError.self) { try Model(topology: nil, tensors: []).save(to: path) }
    #expect(saving.fileError?.operation == .create)
    #expect(saving.fileError?.description == "cannot create \(path): no such file or folder")
  }
}
