import BinaryIO
import LayerKinds

/// `--network` of `convert`, which may stand alone or have the layers of a network after it.
enum NetworkArgument {
  /// The arguments with layers after `--network` given as the value of an option.
  static func separated(_ arguments: [String]) -> [String] {
    var separated: [String] = []
    var remaining = arguments[...]
    while let argument = remaining.popFirst() {
      if argument == "--" { return separated + [argument] + remaining }
      if argument.hasPrefix("--network=") {
        separated += ["--\(StateDictOptions.layersName)", String(argument.dropFirst("--network=".count))]
      } else if argument == "--network", let next = remaining.first, isLayers(next) {
        remaining.removeFirst()
        separated += ["--\(StateDictOptions.layersName)", next]
      } else {
        separated.append(argument)
      }
    }
    return separated
  }

  /// Whether an argument is about layers rather than a file: it begins with the word for one, or has arguments in brackets
  /// and is the name of no file.
  private static func isLayers(_ argument: String) -> Bool {
    let word = argument.drop { $0 == " " }.prefix { $0.isLetter }
    let end = argument.drop { $0 == " " }.dropFirst(word.count).first
    if LayerKind(word: String(word)) != nil, end == nil || end == " " || end == "(" { return true }
    return argument.contains("(") && !FileSystem.exists(argument)
  }
}
