import ModelExchange
import ModelFormat

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Asks of every command and every format whether a large or hostile input, or a tight limit, holds the program up.
@main
enum StressTool {
  static func main() {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.first == "--write" { try write(Array(arguments.dropFirst())) } else { exit(try examine(arguments)) }
    } catch {
      Console.say("stress: \(error)", to: STDERR_FILENO)
      exit(64)
    }
  }

  /// `--write QUESTION N FORMAT FOLDER`: the files of a question.
  private static func write(_ words: [String]) throws {
    guard words.count == 4, let question = (Question.all + [.underLimits]).first(where: { $0.name == words[0] }),
      let count = Int(words[1]), let format = ModelFiles.formats.first(where: { $0.name == words[2] })
    else { throw StressFailure(StressOptions.usage) }
    try Material.write(question, count, format, folder: words[3])
  }

  /// - Returns: the exit code.
  private static func examine(_ arguments: [String]) throws -> Int32 {
    let options = try StressOptions(arguments)
    let programs = Programs(nnkit: options.nnkit, stress: try ownPath())
    let help = try Run(programs.nnkit, ["--help"], in: "/", timeLimit: .seconds(10))
    var faults = Coverage.gaps(commands: Coverage.commands(inHelp: help.outputText), formats: ModelFiles.formats)
    var count = 0
    if options.growth {
      Console.say("== growth")
      var growth = GrowthExamination(programs, options)
      try growth.run()
      faults += growth.faults
      count += growth.count
    }
    if options.limits {
      Console.say("== limits")
      var limits = LimitExamination(programs, options)
      try limits.run()
      faults += limits.faults
      count += limits.count
    }
    Console.say("== \(count) looked at, \(faults.count) faults")
    for fault in faults { Console.say(fault) }
    return faults.isEmpty && count > 0 ? 0 : 1
  }

  private static func ownPath() throws -> String {
    guard let path = CommandLine.arguments.first, path.hasPrefix("/") else {
      throw StressFailure("run it through Tests/stress.sh")
    }
    return path
  }
}

enum Console {
  /// Prints a line at once, so that it is seen while the next one is worked on.
  static func say(_ line: String, to descriptor: Int32 = STDOUT_FILENO) {
    let bytes = Array((line + "\n").utf8)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
