import BinaryIO
import Formatting
import ModelFormat
import ModelInspection

/// A finding about some of the units of a layer.
struct UnitFinding {
  /// How many indices are named.
  private static let shown = 10

  /// What the layer is called.
  let layer: String
  /// How its values are divided.
  let shape: UnitShape
  /// The units that are meant, ascending.
  let units: [Int]

  /// The finding.
  ///
  /// - Parameters:
  ///   - predicate: What is true of the units, after "3 of 100 units".
  ///   - evidence: The numbers behind it, besides which units they are.
  func finding(
    _ code: Finding.Code, _ severity: Finding.Severity, _ predicate: String, evidence: Attributes
  ) -> Finding {
    let names = units.prefix(UnitFinding.shown).map(String.init)
    let more = units.count > names.count ? ", …" : ""
    let count = "\(Text.grouped(units.count)) of \(Text.counted(shape.units, shape.noun))"
    var evidence = evidence
    evidence["layer"] = .string(layer)
    evidence["count"] = .integer(units.count)
    evidence["units"] = .integer(shape.units)
    evidence["indices"] = .list(units.prefix(UnitFinding.shown).map { .integer($0) })
    return Finding(
      code, severity, place: "layer \(ByteName(layer).excerpt)",
      message: "\(count) \(predicate) (\(names.joined(separator: ", "))\(more))", evidence: evidence)
  }
}
