import ModelFormat

/// What is asked of a run.
struct StressOptions {
  private(set) var isQuick = false
  private(set) var nnkit = ""
  /// Words of which every line that is wanted has all.
  private var only: [String] = []
  private(set) var growth = true
  private(set) var limits = true

  static let usage = """
    usage: Tests/stress.sh [--quick] [--growth | --limits] [--only NAME]...
      --quick      small sizes, in less than a minute
      --growth     how time and memory grow, alone
      --limits     limits of the operating system, alone
      --only NAME  what has this in its name alone: a command, a question, a format or a limit; all of several
    """

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--quick": isQuick = true
      case "--growth": limits = false
      case "--limits": growth = false
      case "--only":
        guard let name = rest.popFirst() else { throw StressFailure(StressOptions.usage) }
        only.append(name)
      case "--nnkit":
        guard let path = rest.popFirst() else { throw StressFailure(StressOptions.usage) }
        nnkit = path
      default: throw StressFailure(StressOptions.usage)
      }
    }
    guard !nnkit.isEmpty, growth || limits else { throw StressFailure(StressOptions.usage) }
  }

  func includes(question: Question, command: CommandCase, format: FileFormat) -> Bool {
    // What a network does is the same for every format that it comes from.
    if isQuick, command.isLeftOut || command.readsData && format != .nnk { return false }
    return only.allSatisfy { [question.name, command.title, command.name, format.name].contains($0) }
  }

  func includes(limitsOf command: CommandCase) -> Bool {
    if isQuick, command.isLeftOut { return false }
    let others = Limit.all.map(\.name)
    return only.allSatisfy { [command.title, command.name].contains($0) || others.contains($0) }
  }

  func includes(limit: Limit) -> Bool {
    let names = Set(Limit.all.map(\.name)).intersection(only)
    return names.isEmpty || names.contains(limit.name)
  }
}

/// The programs that are run.
struct Programs {
  let nnkit: String
  /// This one, which writes the files.
  let stress: String
}
