import BinaryIO
package import ModelFormat

extension AttributeValue {
  /// Longer lists are not shown as a whole.
  private static let longestList = 12
  /// A list of lists or of long texts is cut off after so many bytes.
  private static let longestText = 8_192

  /// The value as people write it; of a long list the beginning, the end and the count. No longer than a few kilobytes,
  /// strings aside, which are as they are.
  package var text: String {
    if case .string(let value) = self { return value }
    return text(isQuoted: false)
  }

  /// Two values that differ, as people write them. Two of different types may read the same: then quotation marks tell
  /// them apart. Two long lists with the same ends are shown from where they part on.
  package static func texts(_ left: AttributeValue?, _ right: AttributeValue?) -> (left: String?, right: String?) {
    let (one, other) = (left?.text, right?.text)
    guard one.map({ ByteName($0) }) == other.map({ ByteName($0) }) else { return (one, other) }
    if case .list(let one) = left, case .list(let other) = right, max(one.count, other.count) > longestList {
      let place = zip(one, other).enumerated().first { $1.0 != $1.1 }?.offset ?? min(one.count, other.count)
      return (
        ListExcerpt.text(one, from: place) { $0.text(isQuoted: true) },
        ListExcerpt.text(other, from: place) { $0.text(isQuoted: true) }
      )
    }
    return (left?.text(isQuoted: true), right?.text(isQuoted: true))
  }

  private func text(isQuoted: Bool) -> String {
    var text = ""
    append(to: &text, isQuoted: isQuoted)
    return text
  }

  private func append(to text: inout String, isQuoted: Bool) {
    switch self {
    case .boolean(let value): text += "\(value)"
    case .integer(let value): text += "\(value)"
    case .number(let value): text += "\(value)"
    case .string(let value):
      let isWhole = value.utf8.count <= AttributeValue.longestText
      let shown = isWhole ? value : String(value.unicodeScalars.prefix(AttributeValue.longestText)) + "…"
      text += isQuoted ? shown.debugDescription : shown
    case .list(let elements):
      let isWhole = elements.count <= AttributeValue.longestList
      text += "["
      for index in isWhole ? 0..<elements.count : 0..<3 {
        if index > 0 { text += ", " }
        guard text.utf8.count < AttributeValue.longestText else {
          text += "…"
          break
        }
        elements[index].append(to: &text, isQuoted: isQuoted)
      }
      if !isWhole, let last = elements.last {
        text += ", …, "
        last.append(to: &text, isQuoted: isQuoted)
      }
      text += isWhole ? "]" : "] (\(elements.count) values)"
    }
  }
}

/// A part of a list that is too long to be shown.
enum ListExcerpt {
  /// Three elements from a place on, and how many there are.
  ///
  /// - Parameters:
  ///   - place: from 0 to the number of elements.
  ///   - form: how an element is shown. It is asked for no more than those.
  static func text<Element>(
    _ elements: [Element], from place: Int, noun: (one: String, many: String) = ("value", "values"),
    _ form: (Element) -> String
  ) -> String {
    let places = min(place, max(0, elements.count - 1))..<min(place + 3, elements.count)
    let parts =
      (places.lowerBound > 0 ? ["…"] : []) + places.map { form(elements[$0]) }
      + (places.upperBound < elements.count ? ["…"] : [])
    return "[" + parts.joined(separator: ", ")
      + "] (\(elements.count) \(noun.many), from \(noun.one) \(places.lowerBound + 1) on)"
  }
}
