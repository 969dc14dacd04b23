import Formatting
import ModelFormat
import ModelInspection
import Pages

/// The singular values of the matrices of a model, on a logarithmic axis, with what they say.
struct SpectrumSection {
  private static let mostCharts = 16

  let inspection: Inspection

  var section: PageSection? {
    if let hindrance = inspection.spectrumHindrance {
      return PageSection("Spectra", lead: "Left out: \(Text.escaped(hindrance))", [])
    }
    let all = inspection.tensors.compactMap { tensor in tensor.spectrum.map { (tensor.description.name, $0) } }
    guard !all.isEmpty else { return nil }
    let kernels = all.contains { $0.1.isKernel } ? " Kernels are taken as [out, in · height · width]." : ""
    let rest =
      all.count > Self.mostCharts ? [PageText("… and \(Text.grouped(all.count - Self.mostCharts)) more matrices")] : []
    return PageSection(
      "Spectra", lead: "Singular values of the matrices as they are stored, the greatest first.\(kernels)",
      [PageColumns(all.prefix(Self.mostCharts).map { cell($0, $1) })] + rest)
  }

  private func cell(_ name: String, _ spectrum: Spectrum) -> [any PagePart] {
    var numbers = [(spectrum.isSettled ? "σ₁" : "σ₁ at least", Text.significant(spectrum.sigma1))]
    let others: [(String, Double?)] = [
      ("σ₁ / shuffled", spectrum.shuffledSigma1Ratio), ("stable rank", spectrum.stableRank),
      ("effective rank", spectrum.effectiveRank), ("condition", spectrum.condition),
    ]
    numbers += others.compactMap { name, value in value.map { (name, Text.significant($0, 3)) } }
    if let rank = spectrum.rank {
      numbers.append(("rank", "\(Text.grouped(rank)) of \(Text.grouped(spectrum.valueCount))"))
    }
    let (title, shape) = (Text.short(name), "\(spectrum.rows)×\(spectrum.columns)")
    // Of large matrices σ₁ alone is known.
    guard spectrum.values.count > 1 else { return [NumberLine([(title, shape)] + numbers)] }
    // Of many singular values evenly spread ones are kept.
    let step = Double(spectrum.valueCount - 1) / Double(spectrum.values.count - 1)
    return [
      CurveChart(title: title, [.init("σ", spectrum.values)], name: "place", step: step, isLogarithmic: true),
      NumberLine([("", shape)] + numbers),
    ]
  }
}
