import Formatting
import ModelFormat
import ModelInspection

/// How the tensors of two models differ: a row each, those that changed most first.
struct TensorDifferenceText {
  /// More rows than these are shown only if all are asked for.
  private static let shownRows = 20

  let tensors: [ModelDifference.TensorDifference]
  let showsAll: Bool
  let style: Style
  let width: Int?

  var lines: [String] {
    let changed = tensors.filter { !$0.isSame }
    let total = Text.counted(tensors.count, "tensor")
    guard !changed.isEmpty else { return ["\(style.bold("Weights"))  \(total), all the same"] }
    let ranked = changed.mostChangedFirst()
    let shown = showsAll ? ranked[...] : ranked.prefix(Self.shownRows)
    var lines = ["\(style.bold("Weights"))  \(total), \(Text.grouped(tensors.count - changed.count)) the same"]
    if let remark = Self.remark(tensors) { lines += Text.wrapped(remark, to: width, first: "  ") }
    lines += table(shown.filter { $0.values != nil }, shown.filter { $0.values == nil })
    if shown.count < changed.count {
      lines.append("  … \(Text.grouped(changed.count - shown.count)) more, all with --all")
    }
    return lines
  }

  /// What is told of two tensors of one shape.
  static let columns: [TextTable.Column] = [
    .init("tensor", isElastic: true), .init("relative L2", .right), .init("differing", .right, rank: 2),
    .init("cosine", .right, rank: 5), .init("SNR dB", .right, rank: 6), .init("flips", .right, rank: 7),
    .init("max |Δ|", .right, rank: 1), .init("at", rank: 3), .init("left", .right, rank: 4),
    .init("right", .right, rank: 4), .init("max ULP", .right, rank: 8), .init("units", rank: 9),
    .init("σ₁", .right, rank: 10),
    .init("stable rank", .right, rank: 11), .init("", rank: 0),
  ]

  private func table(
    _ compared: [ModelDifference.TensorDifference], _ others: [ModelDifference.TensorDifference]
  ) -> [String] {
    var lines: [String] = []
    if !compared.isEmpty {
      var table = TextTable(Self.columns)
      for tensor in compared {
        if let values = tensor.values { table.append(Self.row(tensor, values)) }
      }
      lines += table.lines(style, width: width)
    }
    guard !others.isEmpty else { return lines }
    var table = TextTable([.init("tensor", isElastic: true), .init("left"), .init("right")])
    for tensor in others {
      let name = Self.name(tensor)
      switch (tensor.left, tensor.right) {
      case (let left?, let right?):
        let encoded = tensor.encoded.map {
          ", \(Text.grouped($0.differing)) of \(Text.counted($0.byteCount, "byte")) differ"
        }
        let remark = tensor.isTransposed ? ", transposed" : encoded ?? ""
        table.append([name, Self.form(left), Self.form(right) + remark], paint: style.yellow)
      case (let left?, nil): table.append([name, Self.form(left), "(none)"], paint: style.red)
      case (nil, let right?): table.append([name, "(none)", Self.form(right)], paint: style.green)
      case (nil, nil): continue
      }
    }
    return lines + table.lines(style, width: width)
  }

  /// A cell for each of `columns`.
  static func row(_ tensor: ModelDifference.TensorDifference, _ values: ValueDifference) -> [String] {
    var remarks: [String] = []
    if let left = tensor.left, let right = tensor.right, !left.hasType(of: right) {
      remarks.append("\(left.typeName) → \(right.typeName)")
    }
    if values.nonFinite > 0 { remarks.append("\(Text.grouped(values.nonFinite)) not finite") }
    if tensor.isTransposed { remarks.append("transposed") }
    if let spectrum = values.spectrum, spectrum.isLowRank, let rank = spectrum.rank { remarks.append("rank \(rank)") }
    let place = values.place
    let isSettled = values.spectrumObstacle != .notSettled
    return [
      name(tensor), values.relativeL2.map { Text.significant($0, 3) } ?? "–",
      share(values.differing, of: values.count), values.cosine.map { Text.significant($0, 4) } ?? "",
      values.signalToNoise.map(decibels) ?? "",
      Text.grouped(values.signFlips), Text.significant(values.maximumAbsoluteDifference, 3),
      place.map { coordinates($0.index) } ?? "", place.map { Text.significant($0.left) } ?? "",
      place.map { Text.significant($0.right) } ?? "",
      values.maximumUnitsInLastPlace.map(units) ?? "",
      values.changedUnits.prefix(3).map { String($0.index) }.joined(separator: ","),
      values.spectrum.map { (isSettled ? "" : "≥ ") + Text.significant($0.sigma1, 3) } ?? "",
      values.spectrum.map { (isSettled ? "" : "≤ ") + Text.significant($0.stableRank, 3) } ?? "",
      remarks.joined(separator: ", "),
    ]
  }

  private static func coordinates(_ index: [Int]) -> String {
    "[" + index.map { String($0) }.joined(separator: ",") + "]"
  }

  private static func decibels(_ value: Double) -> String {
    value.isFinite ? Text.fixed(value, 1) : Text.nonFinite(value)
  }

  /// All, or how many of how many in percent.
  private static func share(_ count: Int, of total: Int) -> String {
    if count == total { return "all" }
    let percent = Double(count) / Double(max(1, total)) * 100
    return percent < 0.1 ? Text.grouped(count) : Text.fixed(percent, 1) + " %"
  }

  /// Distances between numbers that are not neighbours at all say nothing but that.
  private static func units(_ count: UInt64) -> String {
    count > 1_000_000 ? "> 10⁶" : Text.grouped(Int(clamping: count))
  }

  /// `affine2.weight`, or `affine2.weight → affine3.weight`.
  static func name(_ tensor: ModelDifference.TensorDifference) -> String {
    Text.name(tensor.name) + (tensor.otherName.map { " → " + Text.name($0) } ?? "")
  }

  /// Says that tensors of other names are compared, where any are.
  static func remark(_ tensors: [ModelDifference.TensorDifference]) -> String? {
    guard tensors.contains(where: { $0.otherName != nil }) else { return nil }
    return "the numbers in names count the layers, which are not the same: tensors are paired as their layers are"
  }

  /// `f32 64×32`.
  static func form(_ tensor: TensorDescription) -> String {
    "\(tensor.typeName) \(Text.shape(tensor.shape))"
  }
}
