/// Values of a pickle: each has a number, by which others refer to it.
///
/// So nothing is nested in memory, whatever a pickle nests, and a value that occurs in many places is there once.
struct PickleValues {
  typealias Reference = Int32

  /// A value. What it holds, others, is numbers.
  enum Value {
    case none
    case boolean(Bool)
    case integer(Int)
    /// A whole number of more than 64 bits.
    case largeInteger
    case number(Double)
    case string(String)
    case bytes([UInt8])
    case tuple([Reference])
    case list([Reference])
    /// Keys and values in turn.
    case dictionary([Reference])
    /// A class or a function by its name, which is never looked up.
    case name(String)
    /// What would come out of a call that is not made, or an object of a class: its name, what it was called with, and
    /// the state that it got afterwards.
    case object(name: String, arguments: Reference?, state: Reference?)
    case storage(TorchStorage)
    case tensor(TorchTensor)
  }

  private(set) var all: [Value] = []

  subscript(reference: Reference) -> Value {
    get { all[Int(reference)] }
    set { all[Int(reference)] = newValue }
  }

  /// Appends to a list; false for anything else. O(number of references).
  mutating func append(_ references: [Reference], toList list: Reference) -> Bool {
    guard var elements = elements(ofList: list) else { return false }
    // In two places at once, they would be copied each time.
    self[list] = .none
    elements += references
    self[list] = .list(elements)
    return true
  }

  /// Appends keys and values in turn; false for anything but a dictionary. O(number of references).
  mutating func append(_ references: [Reference], toDictionary dictionary: Reference) -> Bool {
    guard var pairs = pairs(ofDictionary: dictionary) else { return false }
    self[dictionary] = .none
    pairs += references
    self[dictionary] = .dictionary(pairs)
    return true
  }

  private func elements(ofList list: Reference) -> [Reference]? {
    guard case .list(let elements) = self[list] else { return nil }
    return elements
  }

  private func pairs(ofDictionary dictionary: Reference) -> [Reference]? {
    guard case .dictionary(let pairs) = self[dictionary] else { return nil }
    return pairs
  }

  mutating func add(_ value: Value) -> Reference {
    all.append(value)
    return Reference(truncatingIfNeeded: all.count - 1)
  }
}

extension PickleValues.Value {
  /// What kind of value it is, for messages.
  var kind: String {
    switch self {
    case .none: "None"
    case .boolean: "a boolean"
    case .integer, .largeInteger: "an integer"
    case .number: "a number"
    case .string: "a string"
    case .bytes: "bytes"
    case .tuple: "a tuple"
    case .list: "a list"
    case .dictionary: "a dictionary"
    case .name(let name): name
    case .object(let name, _, _): "an object of \(name)"
    case .storage: "a storage"
    case .tensor: "a tensor"
    }
  }
}
