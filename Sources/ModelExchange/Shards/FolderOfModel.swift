import BinaryIO
import ModelFormat

/// A folder that is given in place of a model.
enum FolderOfModel {
  /// The end of the name of an index.
  private static let indexEnd = ".index.json"
  /// How many names a message shows.
  private static let shownCount = 8

  /// The file in a folder that is the model: the index of shards of safetensors, else the only file of our own format or of
  /// safetensors, else the index of other shards.
  ///
  /// - Throws: `file`: for a folder in which it is not clear what the model is, that it is a folder, with what is in it.
  static func model(in folder: String) throws(ModelFormatError) -> String {
    let names: [String]
    do { names = try FileSystem.names(inFolder: folder) } catch { throw ModelFormatError(error) }
    let indices = names.filter { hasEnd($0, indexEnd) }
    let ends = FileFormat.safetensors.extensions.map { "." + $0 + indexEnd }
    let ours = indices.filter { name in ends.contains { hasEnd(name, $0) } }
    let usual = ours.filter { name in ends.contains { ByteName(name) == ByteName("model" + $0) } }
    let files = names.filter { name in
      (FileFormat.nnk.extensions + FileFormat.safetensors.extensions).contains { hasEnd(name, "." + $0) }
    }
    // Many folders have a model in two formats: then that of safetensors, as in `transformers`.
    for found in [usual, ours, files, indices] where !found.isEmpty {
      guard found.count == 1 else { throw unclear(folder, found) }
      return (folder.utf8.last == UInt8(ascii: "/") ? folder : folder + "/") + found[0]
    }
    throw unclear(folder, names)
  }

  private static func hasEnd(_ name: String, _ end: String) -> Bool {
    name.utf8.count > end.utf8.count && name.utf8.suffix(end.utf8.count).elementsEqual(end.utf8)
  }

  private static func unclear(_ folder: String, _ names: [String]) -> ModelFormatError {
    let shown = names.prefix(shownCount).map { ByteName($0).quoted }.joined(separator: ", ")
    let content = names.isEmpty ? "nothing" : shown + (names.count > shownCount ? ", …" : "")
    let error = ModelFormatError(FileError(operation: .open, path: folder, reason: .isDirectory))
    return error.advising(
      "give the path of a model: a folder stands for one where it has model.safetensors.index.json, or one file that ends "
        + "in .nnk or .safetensors, and here there is \(content)")
  }
}
