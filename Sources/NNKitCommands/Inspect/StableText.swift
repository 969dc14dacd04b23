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

  var text: String {
    get throws {
      do throws(ModelFormatError) {
        let file = try ModelFiles.open(path)
        return (parts(file.contents.parts) + tensors(file)).joined(separator: "\n") + "\n"
      } catch {
        guard error.code != .file else { throw error }
        return "damaged: \(Text.escaped(stable(error)))\n"
      }
    }
  }

  /// An error without the path, which is that of a temporary file.
  private func stable(_ error: ModelFormatError) -> String {
    let text = error.description
    return text.hasPrefix(path + ": ") ? String(text.dropFirst(path.count + 2)) : text
  }

  private func parts(_ parts: ModelParts) -> [String] {
    var lines: [String] = []
    if let topology = parts.topology {
      lines.append("input \(Text.shape(topology.inputShape))")
      let preprocessing = topology.preprocessing
      lines.append("preprocessing scale \(preprocessing.scale) offset \(preprocessing.offset)")
      if let loss = topology.loss { lines.append("loss \(Text.short(loss))") }
      for name in topology.classNames { lines.append("class \(Text.short(name))") }
      for layer in topology.layers {
        let attributes = layer.attributes.entries.map { " \(Text.short($0.name))=\(Text.short($0.value.text))" }
        lines.append(
          "layer \(Text.short(layer.name)) \(Text.short(layer.kind)) \(Text.shape(layer.outputShape))"
            + attributes.joined())
      }
    }
    for entry in parts.metadata.entries.sorted(by: { ByteName($0.name) < ByteName($1.name) }) {
      lines.append("metadata \(Text.short(entry.name)) \(Text.short(entry.value.text))")
    }
    let columns = parts.history.columns.filter { !StableText.passing.contains(ByteName($0.name)) }
    for column in columns {
      // The checksum shows a change of any epoch.
      let checksum = unsafe column.values.withUnsafeBytes { unsafe CRC32.checksum($0) }
      let last = column.values.last.map { " last \($0)" } ?? ""
      lines.append(
        "history \(Text.short(column.name)) epochs \(column.values.count)\(last) crc32 \(String(checksum, radix: 16))")
    }
    return lines
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
  private func tensors(_ file: any ModelFile) -> [String] {
    let places = file.tensors.indices.sorted { ByteName(file.tensors[$0].name) < ByteName(file.tensors[$1].name) }
    return places.map { place in
      let tensor = file.tensors[place]
      let start = "tensor \(Text.short(tensor.name)) \(tensor.typeName) \(Text.shape(tensor.shape))"
      do throws(ModelFormatError) {
        guard tensor.hasNumbers else { return start + " crc32 \(try checksum(of: place, file))" }
        let statistics = try TensorStatistics(of: tensor, in: file)
        let numbers = [
          ("minimum", statistics.minimum), ("maximum", statistics.maximum), ("mean", statistics.mean),
          ("deviation", statistics.standardDeviation), ("norm", statistics.l2Norm),
        ].map { "\($0.0) \($0.1.map { "\($0)" } ?? "-")" }
        return start + " " + numbers.joined(separator: " ")
          + " zeros \(statistics.zeros) nan \(statistics.nan) infinite "
          + "\(statistics.positiveInfinity + statistics.negativeInfinity)"
      } catch { return start + " damaged: \(Text.escaped(stable(error)))" }
    }
  }
}
