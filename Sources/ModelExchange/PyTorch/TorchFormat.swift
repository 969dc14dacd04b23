import BinaryIO
public import ModelFormat

extension FileFormat {
  /// What `torch.save` has written since PyTorch 1.6, and modules of TorchScript: a pickle and storages in a zip archive. It
  /// is only read, and nothing in it is ever run.
  public static let pyTorch = FileFormat(
    name: "pytorch", title: "PyTorch checkpoint", extensions: ["pt", "pth", "bin"], hasChecksums: true,
    isCompressible: false, keeps: [.metadata, .trainingState], keepsSections: false,
    recognises: { (start, source) throws(ModelFormatError) in try TorchArchiveFile.recognises(start, source) },
    open: { (source, limits, _) throws(ModelFormatError) in try TorchArchiveFile(source, limits: limits) },
    write: nil)

  /// What `torch.save` wrote before that: pickles and storages one after the other. It is only read, and nothing in it is
  /// ever run.
  public static let pyTorchPickle = FileFormat(
    name: "pytorch-pickle", title: "PyTorch checkpoint, older form", extensions: ["pt", "pth", "bin"],
    hasChecksums: false, isCompressible: false, keeps: [.metadata, .trainingState], keepsSections: false,
    recognises: { (start, _) in TorchPickleFile.recognises(start) },
    open: { (source, limits, _) throws(ModelFormatError) in try TorchPickleFile(source, limits: limits) },
    write: nil)
}
