/// Sentences that a reader should see first, each with how serious it is.
package struct NoteList: PagePart {
  /// How serious a sentence is.
  package enum Tone: String, Sendable {
    case error, warning, note, good
  }

  /// A sentence.
  package struct Note: Sendable {
    let tone: Tone
    let label: String
    let place: String
    let text: String

    /// - Parameters:
    ///   - label: The tone in a word; empty for none.
    ///   - place: What it is about; empty for everything.
    package init(_ tone: Tone, label: String, place: String = "", _ text: String) {
      self.tone = tone
      self.label = label
      self.place = place
      self.text = text
    }
  }

  private let notes: [Note]

  package init(_ notes: [Note]) { self.notes = notes }

  package var html: String {
    let items = notes.map { note in
      let label = note.label.isEmpty ? "" : "<b>\(Markup.escaped(note.label))</b> "
      let place = note.place.isEmpty ? "" : "<strong>\(Markup.escaped(note.place))</strong> "
      return "<li class=\"\(note.tone.rawValue)\">\(label)\(place)\(Markup.number(Markup.escaped(note.text)))</li>"
    }
    return "<ul class=\"notes\">\n\(items.joined(separator: "\n"))\n</ul>"
  }

  package var styles: [PartStyle] {
    [
      PartStyle(
        light: "--error: #b3261e; --warning: #9a6200; --note: #5b6470; --good: #2f7d4f;",
        dark: "--error: #ff8a80; --warning: #e8b04a; --note: #a9b1ba; --good: #6cc596;",
        rules: """
          .notes { list-style: none; margin: 14px 0 0; padding: 0; }
          .notes li { padding: 7px 0 7px 12px; margin: 0 0 8px; border-left: 4px solid var(--tone);
            overflow-wrap: anywhere; }
          .notes b { color: var(--tone); font-weight: 650; margin-right: 4px; }
          .notes strong { font-weight: 600; margin-right: 4px; }
          """
            + ["error", "warning", "note", "good"].map { "\n.notes .\($0) { --tone: var(--\($0)); }" }.joined())
    ]
  }
}
