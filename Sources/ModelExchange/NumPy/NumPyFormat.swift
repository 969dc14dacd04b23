import BinaryIO
public import ModelFormat
import NPY
import Threads

extension FileFormat {
  /// An array of NumPy, as `numpy.save` writes it. It becomes one tensor, called `array`. It is only read.
  public static let numPyArray = FileFormat(
    name: "npy", title: "NumPy array", extensions: ["npy"], hasChecksums: false, isCompressible: false, keeps: [],
    keepsSections: false,
    recognises: { (start, _) in start.starts(with: NPYHeader.signature) },
    open: { (source, limits, _) throws(ModelFormatError) in try NumPyArrayFile(source, limits: limits) },
    write: nil)

  /// Arrays of NumPy in a zip archive, as `numpy.savez` and `numpy.savez_compressed` write them.
  ///
  /// Metadata, topology and history are JSON in an array of text, `__metadata__`, where they are found again. A file is
  /// read by `numpy.load` without pickling.
  public static let numPyArchive = FileFormat(
    name: "npz", title: "NumPy archive", extensions: ["npz"], hasChecksums: true, isCompressible: true,
    keeps: [.topology, .metadata, .history], keepsSections: false,
    keepsEncoding: { NPYElementType($0) != nil },
    recognises: { (start, source) throws(ModelFormatError) in try NumPyArchiveFile.recognises(start, source) },
    open: { (source, limits, _) throws(ModelFormatError) in try NumPyArchiveFile(source, limits: limits) },
    write: { (source, options, output) throws(ModelFormatError) in
      do throws(ModelFormatError) {
        let writer = try NumPyArchiveWriter(source, options.compression)
        return try writer.write(to: output, threads: options.threads ?? Processors.count)
      } catch { throw error.at(path: source.name) }
    },
    note: { contents in
      var notes: [String] = []
      let count = contents.tensors.count { $0.encoding == nil && $0.dataType == .bfloat16 }
      if count > 0 {
        notes.append(
          "NumPy has no bf16: \(count == 1 ? "a tensor of it is" : "\(count) tensors of it are") stored as f32, exactly"
        )
      }
      if contents.parts.topology != nil || contents.parts.history.epochs > 0 {
        notes.append(
          "topology and history are JSON in the array \(NumPyTexts.metadataName), where nnkit finds them again")
      }
      return notes.isEmpty ? nil : notes.joined(separator: "; ")
    })
}
