// Nothing else may be imported here: a client of the product has no BinaryIO.
import IDX
import Testing

/// What a client of the library sees.
struct ClientTests {
  @Test func theReasonOfAFileErrorCanBeRead() throws {
    let path = "/no/such/folder/images"
    let error = try #require(throws: IDXError.self) { _ = try IDXReader(path: path) }
    let cause: FileError = try #require(error.fileError)
    #expect(cause.reason == .notFound && cause.operation == .open && cause.path == path)
  }
}
