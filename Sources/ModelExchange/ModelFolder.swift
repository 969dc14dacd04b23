import BinaryIO
import ModelFormat

/// The folder of a file that speaks of other files beside it, such as the shards of a model.
///
/// Names are taken from a file that anyone may have written, so they may not lead out of the folder. What a name is linked
/// to is the business of whoever set up the folder.
struct ModelFolder {
  /// The file that names others.
  private let file: String
  private let path: String

  /// - Parameter source: the file that names others.
  /// - Throws: `unsupported` for a source that is in no folder, such as a pipe.
  init(of source: any RandomAccessSource) throws(ModelFormatError) {
    guard source is FileSource else {
      throw ModelFormatError(
        .unsupported, expected: "a file in a folder with the other files that it names", found: "a stream",
        advice: "give the path of the file")
    }
    file = source.name
    path = FilePath.split(source.name).folder
  }

  /// Opens a file by the name that another file gives it.
  ///
  /// - Throws: `invalidField` for a name that is empty, starts with a slash, holds a NUL or has a part `..`; `file` for a
  ///   file that is missing or cannot be read, or is no regular file.
  func open(_ name: String) throws(ModelFormatError) -> FileSource {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard !name.utf8.contains(0), !name.utf8.isEmpty, parts.first?.isEmpty == false,
      !parts.contains(where: { $0.elementsEqual("..".utf8) })
    else {
      throw ModelFormatError(
        .invalidField, expected: "the name of a file in the folder of the model", found: ByteName(name).quoted,
        advice: "a model is made of files in one folder: put them there, and correct the name"
      ).at(path: file)
    }
    do throws(FileError) {
      let input = try FileInput(path: path + "/" + name)
      if let source = FileSource(input) { return source }
    } catch { throw ModelFormatError(error) }
    throw ModelFormatError(
      .unsupported, expected: "a regular file", found: "\(ByteName(name).quoted), which is something else"
    ).at(path: file)
  }
}
