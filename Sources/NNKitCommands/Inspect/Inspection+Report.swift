extension Inspection: Report {
  var document: InspectionDocument { InspectionDocument(self) }

  func text(for display: Display) -> String { InspectionText(inspection: self, style: display.style).text }
}
