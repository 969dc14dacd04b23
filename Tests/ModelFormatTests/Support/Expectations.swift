import ModelFormat
import Testing

/// The error that reading `bytes` as a whole model ends in.
func readingError(
  _ bytes: [UInt8], limits: DecodingLimits = DecodingLimits(), sourceLocation: SourceLocation = #_sourceLocation
) throws -> ModelFormatError {
  try #require(throws: ModelFormatError.self, sourceLocation: sourceLocation) {
    _ = try ModelReader(bytes: bytes, limits: limits).model()
  }
}

/// The error that a crafted file ends in.
func readingError(
  _ file: CraftedFile, limits: DecodingLimits = DecodingLimits(),
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> ModelFormatError {
  try readingError(file.bytes, limits: limits, sourceLocation: sourceLocation)
}

/// The model in `bytes`.
func decoded(_ bytes: [UInt8]) throws -> Model { try ModelReader(bytes: bytes).model() }
