/// A pattern of names as shells have it: `*` stands for any characters, `?` for one, `[a-z]` for one of a set and
/// `[!a-z]` for one that is not in it; all else stands for itself. Names are compared scalar by scalar.
public struct Glob: Sendable {
  private enum Element {
    case any
    case one
    case scalar(Unicode.Scalar)
    case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)

    func matches(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .any, .one: true
      case .scalar(let own): own == scalar
      case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
      }
    }

    var isAny: Bool { if case .any = self { true } else { false } }
  }

  /// The pattern as it was given.
  public let pattern: String
  private let elements: [Element]

  /// A pattern. A bracket without its end stands for itself.
  public init(_ pattern: String) {
    self.pattern = pattern
    let scalars = Array(pattern.unicodeScalars)
    var elements: [Element] = []
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      place += 1
      switch scalar {
      // Several in a row are one.
      case "*": if elements.last?.isAny != true { elements.append(.any) }
      case "?": elements.append(.one)
      case "[":
        if let (set, end) = Glob.set(scalars, from: place) {
          elements.append(set)
          place = end
        } else {
          elements.append(.scalar(scalar))
        }
      case _: elements.append(.scalar(scalar))
      }
    }
    self.elements = elements
  }

  /// The set that begins after a bracket, and where the pattern goes on.
  private static func set(_ scalars: [Unicode.Scalar], from start: Int) -> (Element, Int)? {
    var place = start
    let isNegated = place < scalars.count && (scalars[place] == "!" || scalars[place] == "^")
    if isNegated { place += 1 }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while place < scalars.count, scalars[place] != "]" || ranges.isEmpty {
      let first = scalars[place]
      if place + 2 < scalars.count, scalars[place + 1] == "-", scalars[place + 2] != "]" {
        let last = scalars[place + 2]
        ranges.append(min(first, last)...max(first, last))
        place += 3
      } else {
        ranges.append(first...first)
        place += 1
      }
    }
    return place < scalars.count ? (.set(ranges, isNegated: isNegated), place + 1) : nil
  }

  /// Whether a name is of this pattern. O(name · pattern) at worst.
  public func matches(_ name: String) -> Bool {
    let scalars = name.unicodeScalars
    var (element, place) = (0, scalars.startIndex)
    // Where to go on, with a longer match, for the last star.
    var retry: (element: Int, place: String.UnicodeScalarView.Index)?
    while place < scalars.endIndex {
      if element < elements.count, elements[element].isAny {
        element += 1
        retry = (element, place)
      } else if element < elements.count, elements[element].matches(scalars[place]) {
        element += 1
        place = scalars.index(after: place)
      } else if let last = retry {
        let next = scalars.index(after: last.place)
        retry = (last.element, next)
        (element, place) = (last.element, next)
      } else {
        return false
      }
    }
    return elements[element...].allSatisfy(\.isAny)
  }
}
