/// A pattern that names match as a whole: `*` stands for any text, also none, and `?` for one character; everything else
/// for itself.
///
/// Names are compared by the bytes of their UTF-8; a character is a Unicode scalar.
public struct NamePattern: Equatable, Sendable {
  /// The pattern as it was given.
  public let text: String
  private let scalars: [Unicode.Scalar]

  /// A pattern from its text, each of which is one.
  public init(_ text: String) {
    self.text = text
    scalars = Array(text.unicodeScalars)
  }

  /// Whether a name matches. O(length of the name · length of the pattern), without memory besides the name's.
  public func matches(_ name: String) -> Bool {
    let name = Array(name.unicodeScalars)
    var (position, place) = (0, 0)
    // Where to go on when what follows the last star does not match: the star takes one more.
    var (star, taken): (Int?, Int) = (nil, 0)
    while position < name.count {
      if place < scalars.count, scalars[place] == "*" {
        (star, taken) = (place, position)
        place += 1
      } else if place < scalars.count, scalars[place] == "?" || scalars[place] == name[position] {
        position += 1
        place += 1
      } else if let last = star {
        taken += 1
        (position, place) = (taken, last + 1)
      } else {
        return false
      }
    }
    return scalars[place...].allSatisfy { $0 == "*" }
  }

  /// Patterns are equal when their bytes are.
  public static func == (left: Self, right: Self) -> Bool { left.scalars == right.scalars }
}
