import BinaryIO
public import ModelFormat
import Threads

extension FileFormat {
  /// The format of the safetensors library: tensors and text metadata, neither compressed nor checksummed.
  ///
  /// Types of elements that only other formats have are stored as `f32` where they are numbers, and refused where they
  /// are not.
  ///
  /// A file has the bytes that the safetensors library itself writes for these tensors and texts. Metadata that are
  /// strings keep their names; other metadata, topology and history become JSON under `nnkit.metadata`,
  /// `nnkit.topology` and `nnkit.history`, where they are found again.
  public static let safetensors = FileFormat(
    name: "safetensors", title: "safetensors", extensions: ["safetensors"], hasChecksums: false,
    isCompressible: false, keeps: [.topology, .metadata, .history], keepsSections: false,
    keepsEncoding: { SafetensorsType($0) != nil },
    recognises: { (start, _) in SafetensorsFile.recognises(start) },
    open: { (source, limits, _) throws(ModelFormatError) in try SafetensorsFile(source, limits: limits) },
    write: { (source, options, output) throws(ModelFormatError) in
      let writer: SafetensorsWriter
      do throws(ModelFormatError) { writer = try SafetensorsWriter(source) } catch { throw error.at(path: source.name) }
      return try writer.write(to: output, threads: options.threads ?? Processors.count)
    },
    note: { contents in
      guard contents.parts.topology != nil || contents.parts.history.epochs > 0 else { return nil }
      return "topology and history are JSON in __metadata__, where nnkit finds them again"
    })
}
