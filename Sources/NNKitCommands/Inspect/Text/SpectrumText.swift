import Formatting
import ModelFormat
import ModelInspection

/// What singular values say of the matrices of a model, as a table.
struct SpectrumText {
  let inspection: Inspection
  let display: Display

  var lines: [String] {
    let style = display.style
    if let hindrance = inspection.spectrumHindrance {
      return Text.wrapped(
        "singular values: \(Text.escaped(hindrance))", to: display.width, first: "\(style.bold("Left out"))  ")
    }
    let spectra = inspection.tensors.compactMap { tensor in tensor.spectrum.map { (tensor.description.name, $0) } }
    guard !spectra.isEmpty else { return [] }
    var table = TextTable([
      .init("matrix", .left, isElastic: true), .init("rows × columns", .right, rank: 3), .init("σ₁", .right),
      .init("σ₁ / shuffled", .right, rank: 1), .init("stable rank", .right), .init("effective rank", .right, rank: 4),
      .init("rank", .right, rank: 2), .init("condition", .right, rank: 5), .init("singular values", .left, rank: 6),
    ])
    for (name, spectrum) in spectra {
      table.append([
        Text.short(name), "\(spectrum.rows)×\(spectrum.columns)\(spectrum.isKernel ? " kernel" : "")",
        (spectrum.isSettled ? "" : "≥ ") + Text.significant(spectrum.sigma1),
        Text.significant(spectrum.shuffledSigma1Ratio, 3),
        Text.significant(spectrum.stableRank, 3), Text.significant(spectrum.effectiveRank, 3),
        spectrum.rank.map { "\(Text.grouped($0)) of \(Text.grouped(spectrum.valueCount))" } ?? "–",
        Text.significant(spectrum.condition, 3), Sparkline.series(spectrum.values, width: 24),
      ])
    }
    let isPartial = spectra.contains { $0.1.method == .largestOnly }
    let kernels = spectra.contains { $0.1.isKernel } ? ", kernels as [out, in · height · width]" : ""
    return [
      "\(style.bold("Spectra"))  of the matrices as they are stored\(kernels)"
        + (isPartial ? "; of large ones σ₁ alone" : "")
        + (spectra.contains { !$0.1.isSettled } ? "; after ≥ σ₁ had not settled, and may be greater" : "")
    ] + table.lines(style, width: display.width)
  }
}
