/// Small pictures side by side, each with a line below it: samples, or the weights of filters.
package struct ImageGrid: PagePart {
  /// A picture.
  package struct Image: Sendable {
    let bitmap: Bitmap
    let caption: String
    let isSigned: Bool

    /// A picture in greys.
    ///
    /// - Parameters:
    ///   - values: Row by row from the top, from 0 for black to 1 for white; all else counts as the nearer of the two.
    ///   - width: The values of a row; a last row that is not full is black at its end.
    package init(greys values: [Double], width: Int, caption: String) {
      bitmap = Bitmap(values, width: width) { value in
        let level = UInt8((255 * min(max(value.isNaN ? 0 : value, 0), 1)).rounded())
        return (level, level, level)
      }
      self.caption = caption
      isSigned = false
    }

    /// A picture of numbers around 0: blue below, red above, the stronger the farther away.
    ///
    /// - Parameters:
    ///   - values: Row by row from the top. Those that are not numbers are yellow.
    ///   - width: The values of a row.
    ///   - scale: The magnitude with the strongest colours; greater ones have the same.
    package init(signed values: [Double], width: Int, scale: Double, caption: String) {
      bitmap = Bitmap(values, width: width) { SignedColors.color($0, scale: scale) }
      self.caption = caption
      isSigned = true
    }
  }

  private let title: String
  private let images: [Image]

  /// - Parameter title: Stands above them; empty for none.
  package init(title: String, _ images: [Image]) {
    self.title = title
    self.images = images
  }

  package var html: String {
    let cells = images.map { image in
      let caption = Markup.escaped(image.caption)
      return
        "<figure><img\(image.isSigned ? " class=\"signed\"" : "") alt=\"\(caption)\" src=\"\(image.bitmap.dataURI)\"><figcaption>\(caption)</figcaption></figure>"
    }
    return """
      <figure class="images">
      \(title.isEmpty ? "" : "<strong>\(Markup.escaped(title))</strong>\n")\
      <div>
      \(cells.joined(separator: "\n"))
      </div>
      </figure>
      """
  }

  package var styles: [PartStyle] {
    [
      SignedColors.style,
      PartStyle(
        rules: """
          .images strong { font-weight: 600; }
          .images div { display: grid; grid-template-columns: repeat(auto-fill, minmax(84px, 1fr)); gap: 14px;
            margin-top: 8px; }
          .images figure { margin: 0; }
          .images img { display: block; width: 100%; image-rendering: pixelated; }
          .images img:not(.signed) { border: 1px solid var(--rule); }
          .images figcaption { margin: 3px 0 0; color: var(--soft); font-size: 13px; line-height: 1.3;
            overflow-wrap: anywhere; }
          """),
    ]
  }
}
