import ModelInspection

/// How two models differ, in every form.
struct DifferenceReport: Report {
  let difference: ModelDifference
  /// The files, as they were given.
  let left: String
  let right: String
  let tolerance: Tolerance

  var document: DifferenceDocument {
    DifferenceDocument(difference, left: left, right: right, tolerance: tolerance)
  }

  func text(for display: Display) -> String {
    DifferenceText(difference: difference, left: left, right: right, style: display.style).text
  }
}
