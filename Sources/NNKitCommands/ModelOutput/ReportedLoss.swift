import Formatting
import ModelFormat

/// Something of a model that is not in the file that was made from it.
struct ReportedLoss: Encodable {
  let what: String
  let why: String

  init(_ loss: FileFormat.Loss) { (what, why) = (loss.what, loss.why) }

  var text: String { "lost: \(Text.escaped(what)): \(Text.escaped(why))" }
}
