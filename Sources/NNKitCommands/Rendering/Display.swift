/// A standard stream that text for people goes to, and what can be shown there.
struct Display {
  let stream: StandardStream
  let style: Style

  /// Whether what was written can be replaced: on a terminal that knows how.
  var canRedraw: Bool { stream.isTerminal && Terminal.environment("TERM") != "dumb" }

  /// The columns that text is to fit into: `COLUMNS` where it is set, else those of the terminal; nil where text goes to a
  /// pipe or a file, in which all of it is to be shown.
  var width: Int? {
    if let columns = Terminal.environment("COLUMNS").flatMap({ Int($0) }), columns > 0 { return columns }
    return stream.isTerminal ? stream.width : nil
  }
}
