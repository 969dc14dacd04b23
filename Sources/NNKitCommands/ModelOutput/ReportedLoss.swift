import Formatting
import ModelFormat

/// Something of a model that is not in the file that was made from it.
struct ReportedLoss: Encodable {
  let what: String
  let why: String

  init(what: String, why: String) { (self.what, self.why) = (what, why) }

  init(_ loss: FileFormat.Loss) { self.init(what: loss.what, why: loss.why) }

  var text: String { "lost: \(Text.escaped(what)): \(Text.escaped(why))" }
}
