import ModelExchange
import ModelFormat

/// A way to call a command, with the files of a question in the folder it runs in.
package struct CommandCase: Sendable {
  /// The command, such as `inspect`.
  package let name: String
  /// The command and what sets this way apart from others.
  package let title: String
  package let readsModels: Bool
  package let readsData: Bool
  /// What it writes, in the folder for outputs.
  package let outputs: [String]
  /// How it ends where nothing is wrong.
  package let success: Set<Int32>
  /// Whether a quick run leaves it out, since another way to call the command does the same work and more.
  package let isLeftOut: Bool
  let words: @Sendable (_ model: String, _ other: String) -> [String]

  init(
    _ title: String, readsModels: Bool = true, readsData: Bool = false, outputs: [String] = [],
    success: Set<Int32> = [0], isLeftOut: Bool = false,
    _ words: @escaping @Sendable (String, String) -> [String]
  ) {
    self.name = title.split(separator: " ").first.map(String.init) ?? title
    self.title = title
    self.readsModels = readsModels
    self.readsData = readsData
    self.outputs = outputs
    self.success = success
    self.isLeftOut = isLeftOut
    self.words = words
  }

  /// The arguments for files of a format.
  func arguments(_ format: FileFormat, options: [String] = []) -> [String] {
    let end = format.extensions.first ?? format.name
    return [name] + words("model.\(end)", "other.\(end)") + options
  }

  /// How it may end where something is in the way.
  package var refusals: Set<Int32> { name == "diff" ? [2] : [64, 65, 66, 70, 73, 74] }
}

extension CommandCase {
  private static let data = ["--images", "images", "--labels", "labels"]

  /// Every command, in the ways in which it does different work.
  package static let all: [CommandCase] =
    [
      CommandCase("train", readsModels: false, readsData: true, outputs: ["model.nnk"]) { (_, _) in
        data + ["--epochs", "1", "--output", "out/model.nnk", "--quiet", "--json"]
      },
      CommandCase("inspect", isLeftOut: true) { (model, _) in [model] },
      CommandCase("inspect --json") { (model, _) in [model, "--json"] },
      CommandCase("inspect --html", outputs: ["page.html"]) { (model, _) in
        [model, "--html", "out/page.html", "--json"]
      },
      // The names that there are belong to the message.
      CommandCase("inspect --tensor", success: [64], isLeftOut: true) { (model, _) in
        [model, "--tensor", "no such tensor"]
      },
      CommandCase("diff", success: [0, 1], isLeftOut: true) { (model, other) in [model, other] },
      CommandCase("diff --json", success: [0, 1]) { (model, other) in [model, other, "--json"] },
      CommandCase("diff --html", outputs: ["page.html"], success: [0, 1]) { (model, other) in
        [model, other, "--html", "out/page.html", "--json"]
      },
      // What cannot be read is told in the text.
      CommandCase("git-diff", success: [0]) { (model, other) in
        ["model", model, "0", "100644", other, "0", "100644"]
      },
      CommandCase("predict", readsData: true, isLeftOut: true) { (model, _) in [model, "images"] },
      CommandCase("predict --output", readsData: true, outputs: ["predictions.jsonl", "report.json"]) { (model, _) in
        [
          model, "images", "--labels", "labels", "--output", "out/predictions.jsonl", "--report", "out/report.json",
          "--json",
        ]
      },
      CommandCase("verify") { (model, other) in [model, other] },
      CommandCase("digest") { (model, other) in [model, other, "--tensors"] },
      CommandCase("edit", outputs: ["edited.nnk"]) { (model, _) in
        [model, "--output", "out/edited.nnk", "--set", "note=a text", "--json"]
      },
      CommandCase("landscape", readsData: true, outputs: ["page.html"]) { (model, _) in
        [model] + data + ["--grid", "5", "--html", "out/page.html", "--quiet", "--json"]
      },
    ]
    + ModelFiles.formats.filter(\.isWritable).map { format in
      let output = "converted.\(format.extensions.first ?? format.name)"
      return CommandCase("convert to \(format.name)", outputs: [output]) { (model, _) in [model, "out/\(output)"] }
    }
}
