import BinaryIO
import Formatting
import ModelExchange
import ModelFormat
import ModelInspection

/// A model as lines that change only where its content does, for `git diff` and the like: no offsets, dates, times or sizes
/// of the file. Damage is told of in a line, so that a history with one damaged file can be looked at.
struct StableText {
  /// What of a run says nothing of the model.
  private static let passing: Set<ByteName> = ["seconds"]

  let path: String

  /// Writes the lines as they come about.
  ///
  /// - Throws: `ModelFormatError` for a file that cannot be read, and the errors of `output`.
  func write(_ output: @escaping ([UInt8]) throws -> Void) throws {
    var lines = LineOutput(output)
    do {
      let file = try ModelFiles.open(path, dropping: [.trainingState])
      try write(file.contents.parts, to: &lines)
      try write(file, to: &lines)
    } catch let error as ModelFormatError {
      guard error.code != .file else { throw error }
      try lines.write("damaged: \(Text.escaped(stable(error)))")
    }
    try lines.finish()
  }

  /// An error without the path, which is that of a temporary file.
  private func stable(_ error: ModelFormatError) -> String {
    let text = error.description
    return text.hasPrefix(path + ": ") ? String(text.dropFirst(path.count + 2)) : text
  }

  private func write(_ parts: ModelParts, to lines: inout LineOutput) throws {
    if let topology = parts.topology {
      try lines.write("input \(Text.shape(topology.inputShape))")
      let preprocessing = topology.preprocessing
      try lines.write("preprocessing scale \(preprocessing.scale) offset \(preprocessing.offset)")
      if let loss = topology.loss { try lines.write("loss \(Text.short(loss))") }
      for name in topology.classNames { try lines.write("class \(Text.short(name))") }
      for layer in topology.layers {
        let attributes = layer.attributes.entries.map { " \(Text.short($0.name))=\(Text.short($0.value.text))" }
        try lines.write(
          "layer \(Text.short(layer.name)) \(Text.short(layer.kind)) \(Text.shape(layer.outputShape))"
            + attributes.joined())
      }
    }
    for entry in parts.metadata.entries.sorted(by: { ByteName($0.name) < ByteName($1.name) }) {
      try lines.write("metadata \(Text.short(entry.name)) \(Text.short(entry.value.text))")
    }
    let columns = parts.history.columns.filter { !StableText.passing.contains(ByteName($0.name)) }
    for column in columns {
      // The checksum shows a change of any epoch.
      let checksum = unsafe column.values.withUnsafeBytes { unsafe CRC32.checksum($0) }
      let last = column.values.last.map { " last \($0)" } ?? ""
      try lines.write(
        "history \(Text.short(column.name)) epochs \(column.values.count)\(last) crc32 \(String(checksum, radix: 16))")
    }
  }

  /// The checksum of bytes that stand for no numbers.
  private func checksum(of place: Int, _ file: any ModelFile) throws(ModelFormatError) -> String {
    let values = try file.encodedValues(at: place)
    var checksum = CRC32()
    for piece in 0..<values.pieceCount {
      try unsafe values.withValues(in: values.range(ofPiece: piece)) { (bytes) throws(ModelFormatError) in
        unsafe checksum.update(bytes)
      }
    }
    return String(checksum.value, radix: 16)
  }

  /// The tensors in the order of their names' bytes, so that nothing but content counts.
  private func write(_ file: any ModelFile, to lines: inout LineOutput) throws {
    let places = file.tensors.indices.sorted { ByteName(file.tensors[$0].name) < ByteName(file.tensors[$1].name) }
    for place in places {
      let tensor = file.tensors[place]
      var line = "tensor \(Text.short(tensor.name)) \(tensor.typeName) \(Text.shape(tensor.shape))"
      do throws(ModelFormatError) {
        line += try tensor.hasNumbers ? numbers(of: tensor, file) : " crc32 \(checksum(of: place, file))"
      } catch { line += " damaged: \(Text.escaped(stable(error)))" }
      try lines.write(line)
    }
  }
  private func numbers(of tensor: TensorDescription, _ file: any ModelFile) throws(ModelFormatError) -> String {
    let statistics = try TensorStatistics(of: tensor, in: file)
    let numbers = [
      ("minimum", statistics.minimum), ("maximum", statistics.maximum), ("mean", statistics.mean),
      ("deviation", statistics.standardDeviation), ("norm", statistics.l2Norm),
    ].map { "\($0.0) \($0.1.map { "\($0)" } ?? "-")" }
    return " " + numbers.joined(separator: " ")
      + " zeros \(statistics.zeros) nan \(statistics.nan) infinite "
      + "\(statistics.positiveInfinity + statistics.negativeInfinity)"
  }
}
