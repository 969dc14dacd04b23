import BinaryIO

/// The names of fields as JSON has them, each made once for a document.
final class JSONFieldNames {
  private var names: [String: ByteName] = [:]

  subscript(_ property: String) -> ByteName {
    if let name = names[property] { return name }
    let name = ByteName(property.snakeCased)
    names[property] = name
    return name
  }
}

extension String {
  /// `standardDeviation` as `standard_deviation`.
  fileprivate var snakeCased: String {
    var text = ""
    for scalar in unicodeScalars {
      if scalar.properties.isUppercase {
        text += "_" + scalar.properties.lowercaseMapping
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
