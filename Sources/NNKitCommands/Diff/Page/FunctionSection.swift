import Formatting
import NetworkInspection
import Pages

/// How two networks answer the same samples: how often alike, which answers turned into which, and where they part.
struct FunctionSection {
  /// Of longer lists the first so many are shown.
  private static let (mostFlips, mostLayers) = (40, 60)

  let function: FunctionDifference
  /// Names of the classes, where they have some.
  var classNames: [String] = []

  var section: PageSection {
    var parts: [any PagePart] = [FactList(facts)]
    if !function.layers.isEmpty {
      parts.append(
        BarChart(
          title: "Relative L2 of the outputs, layer by layer",
          function.layers.prefix(Self.mostLayers).map { layer in
            .init(
              Text.name(layer.name), layer.relativeL2 ?? .nan,
              label: layer.relativeL2.map { Text.significant($0, 3) } ?? "not finite")
          }))
    }
    if !function.flips.isEmpty {
      parts.append(
        PageTable(
          title: "Answers that changed",
          [.init("left"), .init("right"), .init("samples", .right), .init("the first of them")],
          rows: function.flips.prefix(Self.mostFlips).map { flip in
            [
              name(flip.left), name(flip.right), Text.grouped(flip.count),
              flip.indices.map(String.init).joined(separator: ", "),
            ]
          }))
    }
    return PageSection("The same samples", lead: Text.counted(function.samples, "sample"), parts)
  }

  private var facts: [(name: String, text: String)] {
    var facts: [(name: String, text: String)] = []
    if let agreement = function.agreement { facts.append(("Same class", Text.percent(agreement))) }
    facts.append(("Differing", Text.counted(function.differing, "sample")))
    if let truth = function.truth {
      facts += [
        ("Only the left is right", Text.counted(truth.leftOnlyRight, "sample")),
        ("Only the right is right", Text.counted(truth.rightOnlyRight, "sample")),
        ("McNemar's exact p", Text.significant(truth.mcNemarP, 3)),
      ]
    }
    let numbers: [(String, Double?)] = [
      ("Mean KL(left‖right)", function.meanKL), ("Largest difference of logits", function.maximumLogitDifference),
      ("Largest difference of outputs", function.maximumOutputDifference),
      ("RMS difference of outputs", function.rmsOutputDifference),
    ]
    facts += numbers.compactMap { name, value in value.map { (name, Text.significant($0)) } }
    facts.append(("First layer where they part", function.firstDivergingLayer.map(Text.short) ?? "none"))
    return facts
  }

  private func name(_ index: Int?) -> String {
    guard let index else { return "not a number" }
    return classNames.indices.contains(index) ? Text.short(classNames[index]) : "\(index)"
  }
}
