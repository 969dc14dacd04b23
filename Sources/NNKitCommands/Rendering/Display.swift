/// A standard stream that text for people goes to, and what can be shown there.
struct Display {
  let stream: StandardStream
  let style: Style

  /// Whether what was written can be replaced: on a terminal that knows how.
  var canRedraw: Bool { stream.isTerminal && Terminal.environment("TERM") != "dumb" }

  /// The columns of the terminal; nil where text goes to a pipe or a file, in which all of it is to be shown.
  var width: Int? { stream.isTerminal ? stream.width : nil }
}
