/// A few numbers in a line, each after its name, as below a chart.
package struct NumberLine: PagePart {
  private let numbers: [(name: String, text: String)]

  package init(_ numbers: [(name: String, text: String)]) { self.numbers = numbers }

  package var html: String {
    let items = numbers.map { name, text in
      "<span>\(Markup.escaped(name)) <b>\(Markup.number(Markup.escaped(text)))</b></span>"
    }
    return "<p class=\"numbers\">\(items.joined(separator: " "))</p>"
  }

  package var styles: [PartStyle] {
    [
      PartStyle(
        rules: """
          .numbers { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 6px 0 0; color: var(--soft); font-size: 13.5px;
            font-variant-numeric: tabular-nums; }
          .numbers b { color: var(--ink); font-weight: 500; }
          """)
    ]
  }
}
