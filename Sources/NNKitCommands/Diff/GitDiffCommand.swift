import ArgumentParser
import Formatting
import ModelExchange
import ModelFormat

/// `nnkit git-diff`, which git calls in the place of its own diff.
struct GitDiffCommand: Subcommand {
  static let example = "nnkit git-diff model.nnk old.nnk 5e1c309 100644 model.nnk 0000000 100644"

  static let configuration = CommandConfiguration(
    commandName: "git-diff", abstract: "Compare two versions of a model file for git.",
    discussion: """
      git calls it with seven arguments: the path, then file, hash and mode of the old and of the new version; \
      /dev/null stands for one that is not there. A renamed file has two more. Always exits with 0, since git takes \
      anything else for a crash: what cannot be read is told in the text. samples/git sets it up.
      """)

  @Argument(help: ArgumentHelp("What git passes to an external diff.", valueName: "argument"))
  var arguments: [String] = []

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard [1, 7, 9].contains(arguments.count) else {
      throw ValidationError(
        "git passes 7 arguments, 9 for a renamed file and 1 for an unmerged one, not \(arguments.count)")
    }
  }

  func run() throws {
    try output.print(GitDifferenceReport(path: arguments[0], change: change))
  }

  private var change: GitDifferenceReport.Change {
    guard arguments.count > 1 else { return .unmerged }
    let (old, new) = (arguments[1], arguments[4])
    do {
      let absent = "/dev/null"
      if old == absent && new == absent { return .modified(nil) }
      if old == absent { return .added(try ModelFiles.open(new, dropping: [.trainingState]).contents) }
      if new == absent { return .deleted(try ModelFiles.open(old, dropping: [.trainingState]).contents) }
      let (left, right) = (
        try ModelFiles.open(old, dropping: [.trainingState]), try ModelFiles.open(new, dropping: [.trainingState])
      )
      let name = arguments[0]
      let names = ("a/" + name, "b/" + (arguments.count == 9 ? arguments[7] : name))
      return .modified(try DifferenceReport(left, right, names: names))
    } catch {
      return .unreadable(CommandFailure(error).message)
    }
  }
}
