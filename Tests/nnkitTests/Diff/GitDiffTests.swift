import Foundation
import TestSupport
import Testing

/// `nnkit git-diff`, alone and called by git.
struct GitDiffTests {
  private static let hasGit = ["/usr/bin/git", "/usr/local/bin/git", "/opt/homebrew/bin/git"].contains {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["digits.nnk", "other.nnk"] {
      try folder.write(
        TemporaryFolder.bytes(Repository.path("Tests/nnkitTests/Expected/Models/\(name)")), to: name)
    }
  }

  private func output(_ old: String, _ new: String, more: [String] = []) throws -> String {
    let outcome = try Program.succeed(
      ["git-diff", "m.nnk", old, String(repeating: "0", count: 40), "100644", new, "abc", "100644"] + more, in: folder)
    #expect(outcome.standardError.isEmpty)
    return outcome.output
  }

  @Test func `Two versions are compared under their path, and git hears that all is well`() throws {
    let text = try output("digits.nnk", "other.nnk")
    #expect(text.hasPrefix("model m.nnk\na/m.nnk and b/m.nnk differ\n") && text.contains("affine1.weight"))
    #expect(try output("digits.nnk", "other.nnk", more: ["n.nnk", "similarity 90%"]).contains("a/m.nnk and b/n.nnk"))
    #expect(try output("digits.nnk", "digits.nnk").contains("are the same"))
  }

  @Test func `A file that was added or deleted, or is damaged`() throws {
    #expect(try output("/dev/null", "digits.nnk") == "new model m.nnk  4 layers, 4 tensors, 610 values\n")
    #expect(try output("digits.nnk", "/dev/null") == "deleted model m.nnk  4 layers, 4 tensors, 610 values\n")
    try folder.write(Array(folder.read("digits.nnk").dropLast(5)), to: "cut.nnk")
    #expect(try output("digits.nnk", "cut.nnk").hasPrefix("model m.nnk cannot be compared: "))
    #expect(try output("digits.nnk", "nothing.nnk").hasPrefix("model m.nnk cannot be compared: "))
    #expect(try Program.succeed(["git-diff", "m.nnk"], in: folder).output == "unmerged model m.nnk\n")
  }

  @Test func `Another number of arguments is a usage error`() throws {
    try expectUsageError(["git-diff"], evidence: "7 arguments", in: folder)
    try expectUsageError(["git-diff", "a", "b"], evidence: "not 2", in: folder)
  }

  @Test func `JSON has the difference as nnkit diff has it`() throws {
    let outcome = try Program.succeed(
      ["git-diff", "m.nnk", "digits.nnk", "0", "100644", "other.nnk", "0", "100644", "--json"], in: folder)
    let document = try JSON.object(outcome.output)
    #expect(try document.string("change") == "modified")
    #expect(try document.object("difference").objects("tensors").count == 4)
  }

  @Test(.enabled(if: hasGit)) func `git diff shows what changed in a model`() throws {
    let setUp = Repository.path("samples/git/set-up.sh")
    let outcome = try Program.shell(
      """
      set -e
      export HOME="$PWD" GIT_CONFIG_NOSYSTEM=1
      mkdir repository && cd repository
      git init --quiet . && git config user.name A && git config user.email a@example.org
      '\(setUp)' "$nnkit"
      cp ../digits.nnk 'my model.nnk'
      git add . && git commit --quiet --message one
      cp ../other.nnk 'my model.nnk'
      git --no-pager diff
      git commit --quiet --all --message two
      git --no-pager log --patch --ext-diff -1
      git rm --quiet 'my model.nnk' && git --no-pager diff --cached
      """, in: folder)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("git diff shows models"))
    let shown = outcome.output.components(separatedBy: "a/my model.nnk and b/my model.nnk differ")
    #expect(shown.count == 3, "\(outcome.output)")
    #expect(outcome.output.contains("affine1.weight") && outcome.output.contains("deleted model my model.nnk"))
  }
}
