import Formatting
import IDX
import ModelExchange
import ModelFormat

/// A sound file that was given in the place of one of another kind.
enum MisplacedFile: Equatable {
  case model(path: String)
  case samples(path: String, IDXHeader)
  case labels(path: String, IDXHeader)

  /// Looks again at the file that an error is about; nil where the file is not sound, or can be read only once.
  init?(_ error: any Error) {
    switch error {
    case let error as ModelFormatError where error.code == .notAModel:
      guard let path = error.path, path != "-", let header = try? IDXReader(path: path).header else { return nil }
      let isLabels = header.rank == 1 && header.elementType.isInteger
      self = isLabels ? .labels(path: path, header) : .samples(path: path, header)
    case let error as IDXError where [.notIDX, .unknownElementType, .notAFolder].contains(error.code):
      guard let path = error.path, path != "-", (try? ModelFiles.open(path)) != nil else { return nil }
      self = .model(path: path)
    default: return nil
    }
  }

  var path: String {
    switch self {
    case .model(let path), .samples(let path, _), .labels(let path, _): path
    }
  }

  /// What the file is, what was expected, and where the command takes it.
  func message(for command: any Subcommand.Type) -> String {
    let (what, expected) =
      switch self {
      case .model: ("a model", "IDX data")
      case .samples(_, let header): ("an IDX file (\(header))", "a model")
      case .labels(_, let header): ("an IDX file, perhaps of labels (\(header))", "a model")
      }
    let place = command.commandLine(with: self).map { "it belongs here: \($0)" }
    return "\(path): expected \(expected), found \(what); " + (place ?? "nnkit \(command.name) does not take one")
  }
}
