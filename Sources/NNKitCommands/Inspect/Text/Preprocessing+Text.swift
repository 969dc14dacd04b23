import Formatting
import ModelFormat

extension Preprocessing {
  /// `values × 1/255 + 0.5`.
  var text: String {
    "values × \(Text.factor(scale))" + (offset == 0 ? "" : " + \(Text.significant(offset, 6))")
  }
}
