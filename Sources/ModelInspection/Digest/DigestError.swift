public import Hashing
public import ModelFormat

/// Why a model has no digest.
public enum DigestError: Error, Equatable, Sendable {
  /// The model cannot be read.
  case model(ModelFormatError)
  /// Nothing can be hashed.
  case hashing(HashingError)
}

extension DigestError: CustomStringConvertible {
  /// One line.
  public var description: String {
    switch self {
    case .model(let error): error.description
    case .hashing(let error): error.description
    }
  }
}

/// What `body` returns, its error being one of the model.
func reading<Result>(_ body: () throws(ModelFormatError) -> Result) throws(DigestError) -> Result {
  do { return try body() } catch { throw .model(error) }
}

/// What `body` returns, its error being one of the hash.
func hashing<Result>(_ body: () throws(HashingError) -> Result) throws(DigestError) -> Result {
  do { return try body() } catch { throw .hashing(error) }
}
