import BinaryIO

/// Why a model cannot be changed in that way.
public enum ModelEditError: Error, Equatable, Sendable {
  /// There is no tensor of that name.
  case noSuchTensor(ModelFormatError)
  /// A tensor is to have two new names, or one and be taken out.
  case contradiction(tensor: String)
  /// Two tensors would have the same name.
  case nameTaken(old: String, new: String)
  /// A tensor cannot have that name.
  case invalidName(ModelFormatError)
  /// A layer uses the tensor that is to be taken out.
  case neededTensor(String, layer: String)
  /// The training state belongs to tensors by their names.
  case trainingState
  /// There is no entry of that name among the metadata, only these.
  case noSuchKey(String, keys: [String])
  /// Class names belong to a topology.
  case noTopology
  /// There is not one class name for each output.
  case classNames(expected: [Int], found: Int)
}

extension ModelEditError: CustomStringConvertible {
  /// One line, without the file.
  public var description: String {
    switch self {
    case .noSuchTensor(let error), .invalidName(let error): return error.description
    case .contradiction(let tensor):
      return
        "tensor \(ByteName(tensor).quoted): expected one change of its name, found two, or one and that it is dropped"
    case .nameTaken(let old, let new):
      return "tensor \(ByteName(old).quoted): expected a new name that is free, found \(ByteName(new).quoted), which "
        + "another tensor has"
    case .neededTensor(let tensor, let layer):
      return "tensor \(ByteName(tensor).quoted) cannot be dropped: expected one that no layer uses, found it in layer "
        + ByteName(layer).quoted
    case .trainingState:
      return "expected no training state, which belongs to tensors by their names, found one; drop it too"
    case .noSuchKey(let key, let keys):
      let names = keys.prefix(20).map { ByteName($0).quoted }.joined(separator: ", ")
      return "expected a key of the metadata, \(keys.isEmpty ? "of which there are none" : "one of \(names)")"
        + "\(keys.count > 20 ? ", …" : ""), found \(ByteName(key).quoted)"
    case .noTopology: return "class names belong to a topology: expected a model with one, found none"
    case .classNames(let expected, let found):
      return "expected one class name for each output, of shape \(expected), found \(found)"
    }
  }
}
