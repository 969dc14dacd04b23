import BinaryIO
import Threads

extension ModelReader {
  /// Copies the model into a new file of this library's format, durably, without ever holding it in memory.
  ///
  /// Everything is verified on the way: damage to the source ends in an error, and leaves what stood at `path`.
  /// Unknown sections are kept when they are safe to copy. Memory: a few pieces of a tensor per thread. Saving over the
  /// file that is read is safe.
  ///
  /// - Parameters:
  ///   - path: where to; `-` is standard output.
  ///   - replacing: whether a file that stands there may be replaced.
  ///   - compression: how much work goes into making the file small.
  ///   - threads: how many threads share that work; nil for one per processor. The bytes are the same.
  /// - Throws: any error of the file that is read; `limitExceeded` for what readers with the default limits would refuse;
  ///   code `file` when the new one cannot be written.
  public func save(
    to path: String, replacing: Bool = true, compression: Compression = .default, threads: Int? = nil
  ) throws(ModelFormatError) {
    if path == "-" {
      _ = try copied(to: DescriptorSink.standardOutput, compression, threads)
    } else {
      let file: AtomicFileWriter
      do { file = try AtomicFileWriter.create(path: path, replacing: replacing) } catch {
        throw ModelFormatError(error)
      }
      let written = try copied(to: file, compression, threads)
      do { try written.commit() } catch { throw ModelFormatError(error) }
    }
  }

  private func copied<Sink: ByteSink & ~Copyable>(
    to sink: consuming Sink, _ compression: Compression, _ threads: Int?
  ) throws(ModelFormatError) -> Sink {
    var writer = try ModelWriter(sink, compression: compression, threads: threads)
    try writer.checkTensors(tensors + stateTensors)
    try writer.write(
      topology: topology, metadata: metadata, history: history,
      unknownSections: try unknownSections().filter(\.type.isSafeToCopy))
    if let stateValues { try writer.write(.trainingState, stateValues.structured) }
    for (place, tensor) in tensors.enumerated() { try writer.write(tensor, try values(at: place)) }
    for (number, tensor) in stateTensors.enumerated() {
      try writer.writeState(tensor, try values(at: tensors.count + number))
    }
    return try writer.finish()
  }

  /// Copies the model into a safetensors file, durably, without ever holding it in memory.
  ///
  /// The bytes are those that the safetensors library itself writes for these tensors and texts. Metadata that are
  /// strings keep their names; other metadata, topology and history become JSON under `nnkit.metadata`,
  /// `nnkit.topology` and `nnkit.history`, and are found again by `ModelReader`. Training state and unknown sections
  /// have no place in the format and are left out.
  ///
  /// - Parameters:
  ///   - path: where to; `-` is standard output.
  ///   - replacing: whether a file that stands there may be replaced.
  ///   - threads: how many threads decode; nil for one per processor.
  /// - Throws: any error of the file that is read; `limitExceeded` when the header would be larger than 100 MB;
  ///   `invalidTensor` for a tensor named `__metadata__`; code `file` when the new file cannot be written.
  public func saveSafetensors(
    to path: String, replacing: Bool = true, threads: Int? = nil
  ) throws(ModelFormatError) {
    let writer: SafetensorsWriter
    do { writer = try SafetensorsWriter(self) } catch { throw error.at(path: name) }
    if path == "-" {
      var sink = DescriptorSink.standardOutput
      try writer.write(to: &sink, threads: threads ?? Processors.count)
    } else {
      var file: AtomicFileWriter
      do { file = try AtomicFileWriter.create(path: path, replacing: replacing) } catch {
        throw ModelFormatError(error)
      }
      try writer.write(to: &file, threads: threads ?? Processors.count)
      do { try file.commit() } catch { throw ModelFormatError(error) }
    }
  }

  /// The bytes of the model's safetensors file.
  ///
  /// - Throws: what `saveSafetensors(to:replacing:threads:)` throws, except for files.
  public func encodedSafetensors() throws(ModelFormatError) -> [UInt8] {
    var sink = MemorySink()
    try SafetensorsWriter(self).write(to: &sink, threads: Processors.count)
    return sink.bytes
  }
}
