import ModelExchange
import ModelFormat
import Testing

/// The error that reading `bytes` as a whole model of any format ends in.
func readingError(
  _ bytes: [UInt8], limits: DecodingLimits = DecodingLimits(), sourceLocation: SourceLocation = #_sourceLocation
) throws -> ModelFormatError {
  try #require(throws: ModelFormatError.self, sourceLocation: sourceLocation) {
    _ = try ModelFiles.open(bytes: bytes, limits: limits).model()
  }
}
