/// The layers of a network as boxes below one another, and what flows from each to the next.
package struct LayerColumn: PagePart {
  /// A layer, or what stands for several.
  package struct Box: Sendable {
    let name: String
    let kind: String
    let output: String
    let size: String
    let share: Double
    let lines: [String]

    /// - Parameters:
    ///   - output: The shape of what it hands on.
    ///   - size: How many parameters it has; empty for none.
    ///   - share: Its part of all parameters, 0 to 1.
    ///   - lines: More about it, a line each.
    package init(
      name: String, kind: String, output: String, size: String = "", share: Double = 0, lines: [String] = []
    ) {
      self.name = name
      self.kind = kind
      self.output = output
      self.size = size
      self.share = share
      self.lines = lines
    }
  }

  private let title: String
  private let input: String
  private let boxes: [Box]

  /// - Parameter input: What flows into the first layer.
  package init(title: String, input: String, _ boxes: [Box]) {
    self.title = title
    self.input = input
    self.boxes = boxes
  }

  package var html: String {
    let items = boxes.map { box in
      let lines = box.lines.map { "<p>\(Markup.number(Markup.escaped($0)))</p>" }.joined()
      let part = Markup.unit(100 * min(max(box.share.isFinite ? box.share : 0, 0), 1))
      let bar = box.share > 0 ? "<i style=\"width:\(part)%\"></i>" : ""
      return """
        <li class="layer"><div><strong>\(Markup.escaped(box.name))</strong><span>\(Markup.escaped(box.kind))</span>\
        <span class="size">\(Markup.escaped(box.size))</span></div>\(lines)\(bar)</li>\(flow(box.output))
        """
    }
    return """
      <figure class="layers" role="group" aria-label="\(Markup.escaped(title))">
      <ol>
      \(flow(input))
      \(items.joined(separator: "\n"))
      </ol>
      </figure>
      """
  }

  private func flow(_ shape: String) -> String {
    shape.isEmpty ? "" : "<li class=\"flow\"><span>\(Markup.escaped(shape))</span></li>"
  }

  package var styles: [PartStyle] {
    [
      PartStyle(
        light: "--box: #ffffff; --share: #1f5fa8;", dark: "--box: #1c2024; --share: #7db4f0;",
        rules: """
          .layers ol { list-style: none; margin: 0; padding: 0; max-width: 640px; }
          .layers .layer { position: relative; border: 1px solid var(--rule); border-radius: 6px; background: var(--box);
            padding: 8px 14px 10px; overflow: hidden; }
          .layers .layer div { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; }
          .layers strong { font-weight: 600; overflow-wrap: anywhere; }
          .layers span { color: var(--soft); overflow-wrap: anywhere; }
          .layers .size { margin-left: auto; color: var(--ink); font-variant-numeric: tabular-nums; }
          .layers p { margin: 2px 0 0; color: var(--soft); font-size: 13.5px; line-height: 1.4;
            font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
          .layers i { position: absolute; left: 0; bottom: 0; height: 3px; background: var(--share); }
          .layers .flow { margin-left: 28px; padding: 3px 0 3px 14px; border-left: 2px solid var(--rule);
            font-size: 13.5px; font-variant-numeric: tabular-nums; }
          """)
    ]
  }
}
