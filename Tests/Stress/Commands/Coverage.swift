package import ModelFormat

/// Whether the questions are put to every command and every format that there is.
package enum Coverage {
  /// What is missing, in words; empty where nothing is.
  package static func gaps(commands: [String], formats: [FileFormat]) -> [String] {
    var gaps: [String] = []
    for command in commands {
      let cases = CommandCase.all.filter { $0.name == command }
      if cases.isEmpty {
        gaps.append("the command \(command) is not in Tests/Stress/Commands/CommandCase.swift")
      } else if !Question.all.contains(where: { question in cases.contains { question.concerns($0, .nnk) } }) {
        gaps.append("no question is put to the command \(command)")
      }
    }
    for command in Set(CommandCase.all.map(\.name)).subtracting(commands).sorted() {
      gaps.append("there is no command \(command)")
    }
    for format in formats {
      if Question.files[format.name] == nil {
        gaps.append("the format \(format.name) is not in Tests/Stress/Questions/Question+Hostile.swift")
      }
      if !format.isWritable, Question.files[format.name]?.little == nil {
        gaps.append("nothing writes a small file in the format \(format.name)")
      }
    }
    for name in Question.files.keys.sorted() where !formats.contains(where: { $0.name == name }) {
      gaps.append("there is no format \(name)")
    }
    return gaps
  }

  /// The commands that a help page lists.
  package static func commands(inHelp text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(of: "SUBCOMMANDS:") else { return [] }
    return lines[(start + 1)...].prefix { !$0.isEmpty }.compactMap { line in
      // Two spaces and a name; what continues a description is further in.
      guard line.hasPrefix("  "), line.dropFirst(2).first != " " else { return nil }
      return line.split(separator: " ").first.map(String.init)
    }
  }
}
