import BinaryIO
public import ModelFormat

extension FileFormat {
  /// A model in several files of one folder, and an index that says which tensor is in which: what `transformers` calls a
  /// sharded checkpoint. It is only read.
  public static let shards: FileFormat = FileFormat(
    name: "shards", title: "model in shards", extensions: [], hasChecksums: false, isCompressible: false,
    keeps: [.topology, .metadata, .history], keepsSections: false,
    recognises: { (start, source) throws(ModelFormatError) in try ShardIndex.recognises(start, source) },
    open: { (source, limits, _) throws(ModelFormatError) in
      let formats = ModelFiles.formats.filter { $0 != .nnk && $0 != .shards }
      return try ShardedModel(source, among: formats, limits: limits)
    },
    write: nil)
}
