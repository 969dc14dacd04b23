import BinaryIO
public import ModelFormat

extension FileFormat {
  /// The format of ggml and llama.cpp, versions 2 and 3: tensors, most of them in blocks of small integers, and typed
  /// metadata. It is only read.
  ///
  /// Dimensions are turned round, so that they are row-major as everywhere here.
  public static let gguf = FileFormat(
    name: "gguf", title: "GGUF", extensions: ["gguf"], hasChecksums: false, isCompressible: false, keeps: [.metadata],
    keepsSections: false,
    recognises: { (start, _) in start.starts(with: GGUFHeader.signature) },
    open: { (source, limits, _) throws(ModelFormatError) in try GGUFFile(source, limits: limits) },
    write: nil)
}
