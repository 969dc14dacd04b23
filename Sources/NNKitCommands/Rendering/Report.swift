import Pages

/// Lines for people.
protocol TextReport {
  /// The lines, each with its end.
  func text(for display: Display) -> String
}

/// What a command has to say, in every form. `OutputOptions` prints it; see there for what goes where.
protocol Report: TextReport {
  associatedtype Document: Encodable

  /// The JSON form: `schema`, and whatever else the contract names. Property names become snake case.
  var document: Document { get }
}

/// A report with a page for browsers, which `--html` asks for.
protocol PagedReport: Report {
  var page: Page { get }
}
