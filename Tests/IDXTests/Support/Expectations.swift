import IDX
import Testing

/// Expects that `body` throws an error with exactly this evidence.
func expectError(
  _ code: IDXError.Code, path: String? = nil, offset: Int? = nil, expected: String, found: String,
  at location: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) {
  let error = #expect(throws: IDXError.self, sourceLocation: location) { try body() }
  #expect(error?.code == code, sourceLocation: location)
  #expect(error?.path == path, sourceLocation: location)
  #expect(error?.offset == offset, sourceLocation: location)
  #expect(error?.expected == expected, sourceLocation: location)
  #expect(error?.found == found, sourceLocation: location)
}
