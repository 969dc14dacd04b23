import BinaryIO
public import ModelFormat

/// Files of every format that models are read from or written in.
public enum ModelFiles {
  /// All formats, our own first.
  public static let formats: [FileFormat] = [.nnk, .safetensors, .gguf, .onnx, .shards]

  /// Opens a file; its content says which format it has.
  ///
  /// - Parameters:
  ///   - path: the file, or a folder with the index of a model in shards or with a single model; `-` is standard input,
  ///     from its current position. What is no regular file, such as a pipe, is read into memory once its first bytes are
  ///     those of a model, up to the limit for that.
  ///   - limits: how much the file may ask for.
  /// - Throws: `ModelFormatError` with the place and the evidence.
  public static func open(
    _ path: String, limits: DecodingLimits = DecodingLimits()
  ) throws(ModelFormatError) -> any ModelFile {
    try FileFormat.open(file(at: path), among: formats, limits: limits)
  }

  /// Opens a file for a purpose that does not need all of it.
  ///
  /// - Parameter dropped: sections of history and training state that are verified and need not be kept; a training state
  ///   is then empty, where there is one.
  /// - Throws: what `open(_:limits:)` throws.
  package static func open(
    _ path: String, dropping dropped: Set<SectionType>
  ) throws(ModelFormatError) -> any ModelFile {
    try FileFormat.open(file(at: path), among: formats, limits: DecodingLimits(), dropping: dropped)
  }

  /// The file that a path stands for: in a folder, the one that is the model.
  private static func file(at path: String) throws(ModelFormatError) -> String {
    path != "-" && FileSystem.isFolder(path) ? try FolderOfModel.model(in: path) : path
  }

  /// Opens a file that is in memory already; its content says which format it has.
  ///
  /// - Parameter name: what messages call it.
  /// - Throws: `ModelFormatError` with the place and the evidence.
  public static func open(
    bytes: [UInt8], name: String = "model", limits: DecodingLimits = DecodingLimits()
  ) throws(ModelFormatError) -> any ModelFile {
    try FileFormat.open(MemorySource(bytes, name: name), among: formats, limits: limits)
  }

  /// How the names of files that can be written end, without the dot.
  public static var writableExtensions: [String] { formats.filter(\.isWritable).flatMap(\.extensions) }

  /// The format that a file to be written gets by the end of its name; nil for a name that says nothing, or a format
  /// that cannot be written.
  public static func writableFormat(ofName path: String) -> FileFormat? {
    let name = path.lowercased()
    return formats.first { format in format.isWritable && format.extensions.contains { name.hasSuffix("." + $0) } }
  }
}
