import Formatting

/// A table of numbers in which colour shows how great each is, such as a confusion matrix.
package struct HeatMap: PagePart {
  private let title: String
  private let corner: String
  private let rows: [String]
  private let columns: [String]
  private let values: [[Double]]
  private let label: (Double) -> String

  /// The colours between the least and the greatest value.
  private static let steps = 16

  /// - Parameters:
  ///   - corner: What rows and columns are, as in "truth \ prediction".
  ///   - values: A row of numbers for each row, with one for each column. Those that are not finite have no colour.
  ///   - label: A number in words.
  package init(
    title: String, corner: String = "", rows: [String], columns: [String], values: [[Double]],
    label: @escaping (Double) -> String = { Text.number($0, 3) }
  ) {
    self.title = title
    self.corner = corner
    self.rows = rows
    self.columns = columns
    self.values = values
    self.label = label
  }

  package var html: String {
    let finite = values.joined().filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    let head = columns.map { "<th scope=\"col\">\(Markup.escaped($0))</th>" }.joined()
    let lines = zip(rows, values).map { name, values in
      let cells = values.map { value in
        let step = Self.step(value, low, high)
        return "<td\(step.map { " class=\"q\($0)\"" } ?? "")>\(Markup.number(Markup.escaped(label(value))))</td>"
      }
      return "<tr><th scope=\"row\">\(Markup.escaped(name))</th>\(cells.joined())</tr>"
    }
    return """
      <figure class="sheet heat">
      <table>
      <caption>\(Markup.escaped(title))</caption>
      <tr><td>\(Markup.escaped(corner))</td>\(head)</tr>
      \(lines.joined(separator: "\n"))
      </table>
      </figure>
      """
  }

  package var styles: [PartStyle] {
    let own = PartStyle(
      light: Self.colors(.light), dark: Self.colors(.dark),
      rules: ".heat th, .heat td { border: 0; text-align: center; padding: 5px 8px; }"
        + (0..<Self.steps).map { step in
          let ink = Double(step) + 0.5 < 0.52 * Double(Self.steps) ? "#fff" : "#10242c"
          return "\n.q\(step) { background: var(--q\(step)); color: \(ink); }"
        }.joined())
    return [PageTable.style, own]
  }

  /// The colour of a value; nil if it has none.
  private static func step(_ value: Double, _ low: Double, _ high: Double) -> Int? {
    guard value.isFinite else { return nil }
    let length = high / 2 - low / 2
    return length > 0 ? min(steps - 1, Int((value / 2 - low / 2) / length * Double(steps))) : 0
  }

  private static func colors(_ map: ColorMap) -> String {
    (0..<steps).map { "--q\($0): \(map.hexadecimal(Double($0) / Double(steps - 1)));" }.joined(separator: " ")
  }
}
