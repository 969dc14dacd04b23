import Formatting

/// A matrix of numbers as a picture, with its scale below it.
package struct MatrixPicture: PagePart {
  private let title: String
  private let bitmap: Bitmap
  private let scale: Double
  private let isSigned: Bool
  private let note: String

  /// - Parameters:
  ///   - values: Row by row from the top; what is not a number is yellow.
  ///   - width: The values of a row.
  ///   - note: A line below the scale.
  package init(title: String, values: [Double], width: Int, note: String = "") {
    self.title = title
    self.note = note
    let scale = values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    self.scale = scale
    isSigned = values.contains { $0 < 0 }
    bitmap = Bitmap(values, width: width) { SignedColors.color($0, scale: scale) }
  }

  package var html: String {
    let (low, high) = (isSigned ? "−\(Text.significant(scale, 3))" : "0", Text.significant(scale, 3))
    return """
      <figure class="matrix">
      <figcaption><strong>\(Markup.escaped(title))</strong></figcaption>
      <img class="signed" alt="\(Markup.escaped(title)), from \(low) to \(high)" src="\(bitmap.dataURI)">
      <p class="legend"><span>\(low)</span><i class="signed scale\(isSigned ? "" : " above")"></i><span>\(high)</span></p>
      \(note.isEmpty ? "" : "<p class=\"note\">\(Markup.number(Markup.escaped(note)))</p>")
      </figure>
      """
  }

  package var styles: [PartStyle] {
    [
      SignedColors.style,
      PartStyle(
        rules: """
          .matrix strong { font-weight: 600; overflow-wrap: anywhere; }
          .matrix img { display: block; width: 100%; height: 220px; margin: 6px 0; image-rendering: pixelated; }
          .matrix .legend { display: flex; gap: 8px; align-items: center; margin: 0; color: var(--soft);
            font-size: 13px; font-variant-numeric: tabular-nums; }
          .matrix .scale { flex: 1; height: 10px; border-radius: 2px; }
          .matrix .note { margin: 2px 0 0; color: var(--soft); font-size: 13px; line-height: 1.35; }
          """),
    ]
  }

}
