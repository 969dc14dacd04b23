import BinaryIO

/// A typed value of a layer's attribute or of the metadata.
public enum AttributeValue: Sendable {
  case boolean(Bool)
  case integer(Int)
  /// Any 64-bit number. All NaNs are stored as one.
  case number(Double)
  case string(String)
  case list([AttributeValue])
}

extension AttributeValue: Equatable {
  /// Numbers are equal when their bits are: NaN equals NaN, and 0 differs from −0.
  public static func == (left: AttributeValue, right: AttributeValue) -> Bool {
    switch (left, right) {
    case (.boolean(let a), .boolean(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.number(let a), .number(let b)): a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
    case (.string(let a), .string(let b)): ByteName(a) == ByteName(b)
    case (.list(let a), .list(let b)): a == b
    default: false
    }
  }
}

extension AttributeValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A boolean.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// A list.
  public init(arrayLiteral elements: AttributeValue...) { self = .list(elements) }
}

/// Names with values, in the order of the names' bytes; each name occurs once.
public struct Attributes: Equatable, Sendable {
  /// One name and its value.
  public struct Entry: Equatable, Sendable {
    /// The name.
    public let name: String
    /// The value.
    public let value: AttributeValue

    package init(name: String, value: AttributeValue) {
      self.name = name
      self.value = value
    }

    /// Names are equal when their bytes are.
    public static func == (left: Entry, right: Entry) -> Bool {
      ByteName(left.name) == ByteName(right.name) && left.value == right.value
    }
  }

  /// All entries, in canonical order: shorter names first, then by the bytes of their UTF-8.
  public private(set) var entries: [Entry] = []

  /// No attributes.
  public init() {}

  /// Attributes from entries that are in canonical order already, each name once. O(1), where adding them one by one
  /// is O(n²).
  package init(canonical entries: [Entry]) { self.entries = entries }

  /// The value under a name; nil when there is none. Setting nil removes it. O(log n) to get, O(n) to set.
  public subscript(name: String) -> AttributeValue? {
    get {
      let (place, isThere) = place(of: name)
      return isThere ? entries[place].value : nil
    }
    set {
      let (place, isThere) = place(of: name)
      if isThere { entries.remove(at: place) }
      if let newValue { entries.insert(Entry(name: name, value: newValue), at: place) }
    }
  }

  /// Where the entry of a name is, or belongs.
  private func place(of name: String) -> (place: Int, isThere: Bool) {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if StructuredValue.precedes(entries[middle].name, name) { low = middle + 1 } else { high = middle }
    }
    return (low, low < entries.count && ByteName(entries[low].name) == ByteName(name))
  }
}

extension Attributes: ExpressibleByDictionaryLiteral {
  /// Attributes from pairs; of two equal names the later one counts.
  public init(dictionaryLiteral elements: (String, AttributeValue)...) {
    self.init()
    for (name, value) in elements { self[name] = value }
  }
}
