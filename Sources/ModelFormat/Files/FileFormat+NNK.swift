import BinaryIO

extension FileFormat {
  /// The format of this library.
  public static let nnk = FileFormat(
    name: "nnk", title: "nnkit model", extensions: ["nnk"], hasChecksums: true, isCompressible: true,
    keeps: SectionType.known, keepsSections: true,
    recognises: { (start, _) in start.starts(with: FileHeader.signature) },
    open: { (source, limits, dropped) throws(ModelFormatError) in
      try ModelReader(source, limits: limits, dropping: dropped)
    },
    write: { (source, options, output) throws(ModelFormatError) in
      var writer = try ModelWriter(
        output, compression: options.compression, threads: options.threads, copiesChunks: options.copiesChunks)
      try writer.write(source)
      return try writer.finish()
    })
}
