import Formatting
import ModelFormat

/// What git shows of a model file that changed.
struct GitDifferenceReport: Report {
  enum Change {
    /// Both versions are there; nil if neither is.
    case modified(DifferenceReport?)
    case added(ModelContents)
    case deleted(ModelContents)
    /// A merge has left more than one version.
    case unmerged
    /// One of the versions is no model, or a damaged one.
    case unreadable(String)
  }

  struct Document: Encodable {
    let schema = 1
    let path: String
    let change: String
    let message: String?
    let difference: DifferenceDocument?
  }

  let path: String
  let change: Change

  var document: Document {
    switch change {
    case .modified(let report): document("modified", difference: report?.document)
    case .added(let contents): document("added", message: size(contents))
    case .deleted(let contents): document("deleted", message: size(contents))
    case .unmerged: document("unmerged")
    case .unreadable(let message): document("unreadable", message: message)
    }
  }

  private func document(
    _ change: String, message: String? = nil, difference: DifferenceDocument? = nil
  ) -> Document {
    Document(path: path, change: change, message: message, difference: difference)
  }

  func text(for display: Display) -> String {
    let name = Text.escaped(path)
    switch change {
    case .modified(let report):
      return display.style.bold("model \(name)") + "\n" + (report?.text(for: display) ?? "")
    case .added(let contents): return display.style.green("new model \(name)") + "  \(size(contents))\n"
    case .deleted(let contents): return display.style.red("deleted model \(name)") + "  \(size(contents))\n"
    case .unmerged: return "unmerged model \(name)\n"
    case .unreadable(let message): return "model \(name) cannot be compared: \(Text.escaped(message))\n"
    }
  }

  private func size(_ contents: ModelContents) -> String {
    let count = contents.tensors.reduce(0) { $0.addingReportingOverflow($1.count).partialValue }
    let layers = contents.parts.topology.map { Text.counted($0.layers.count, "layer") + ", " } ?? ""
    return "\(layers)\(Text.counted(contents.tensors.count, "tensor")), \(Text.grouped(count)) values"
  }
}
