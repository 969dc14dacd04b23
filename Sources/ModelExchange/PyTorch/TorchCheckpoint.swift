import BinaryIO
import ModelFormat

/// What a pickle of PyTorch holds: the tensors of a model by name, and what is beside them.
///
/// A state dict is at the top, or under `state_dict`, `model_state_dict` or `model`; in the latter case what is beside it,
/// such as the state of an optimiser, is training state where it has tensors, and metadata elsewhere. Names of nested
/// dictionaries, lists and objects are joined by dots.
struct TorchCheckpoint {
  typealias Reference = PickleValues.Reference

  /// A tensor by name.
  struct Entry {
    let name: String
    let tensor: TorchTensor
  }

  /// Where a model is in a dictionary of several things.
  private static let modelKeys = ["state_dict", "model_state_dict", "model"].map { ByteName($0) }
  /// The name of a tensor that is all there is.
  private static let onlyName = "tensor"
  /// How many entries that are not read are named.
  private static let largestList = 100
  /// Under which name they are in the metadata.
  private static let unreadName = "pytorch.not_read"

  private(set) var tensors: [Entry] = []
  private(set) var stateTensors: [Entry] = []
  private var metadata: [ByteName: AttributeValue] = [:]
  private var stateValues: [ByteName: AttributeValue] = [:]
  private var unread: [String] = []
  private var unreadCount = 0
  private var hasState = false

  private let values: PickleValues
  private let limits: DecodingLimits
  /// Which values hold tensors.
  private let holdsTensors: [Bool]
  /// Visits and bytes of names, against the limits: a value may occur in many places.
  private var visits = 0
  private var nameBytes = 0

  /// - Throws: `unsupported` for a pickle without tensors that is no dictionary.
  init(_ values: PickleValues, root: Reference, limits: DecodingLimits) throws(ModelFormatError) {
    self.values = values
    self.limits = limits
    holdsTensors = values.holdsTensors()
    try readRoot(root)
    guard !tensors.isEmpty || !stateTensors.isEmpty || isDictionary(root) else {
      throw ModelFormatError(
        .unsupported, section: "pickle", expected: "a state dict, or a dictionary with one", found: values[root].kind,
        advice: "save model.state_dict() with torch.save")
    }
  }

  /// Metadata: numbers and strings, and what has not been read.
  func attributes() -> Attributes {
    var all = metadata
    if unreadCount > 0 {
      var list = unread.map { AttributeValue.string($0) }
      if unreadCount > list.count { list.append(.string("and \(unreadCount - list.count) more")) }
      all[ByteName(TorchCheckpoint.unreadName)] = .list(list)
    }
    return TorchCheckpoint.attributes(all)
  }

  /// Numbers and strings of the training state; nil where there is none.
  func stateAttributes() -> Attributes? { hasState ? TorchCheckpoint.attributes(stateValues) : nil }

  private static func attributes(_ entries: [ByteName: AttributeValue]) -> Attributes {
    let sorted = entries.sorted { StructuredValue.precedes($0.key.text, $1.key.text) }
    return Attributes(canonical: sorted.map { Attributes.Entry(name: $0.key.text, value: $0.value) })
  }

  private func isDictionary(_ reference: Reference) -> Bool {
    if case .dictionary = values[reference] { return true }
    return false
  }
}

// Which part of a checkpoint is what.

extension TorchCheckpoint {
  private enum Part {
    case model, state
  }

  private mutating func readRoot(_ root: Reference) throws(ModelFormatError) {
    guard case .dictionary = values[root] else {
      return try read(root, named: "", depth: 0, .model)
    }
    let fields = try fields(of: root) ?? []
    let candidates = fields.filter { holdsTensors[Int($0.value)] && isNested($0.value) }
    let model = TorchCheckpoint.modelKeys.compactMap { key in candidates.first { ByteName($0.name) == key } }.first
    for field in fields {
      if let model, ByteName(field.name) == ByteName(model.name) {
        try read(field.value, named: "", depth: 1, .model)
      } else if isOptimizer(field.value) || model != nil && holdsTensors[Int(field.value)] {
        hasState = true
        try read(field.value, named: field.name, depth: 1, .state)
      } else {
        try read(field.value, named: field.name, depth: 1, .model)
      }
    }
  }

  private func isNested(_ reference: Reference) -> Bool {
    switch values[reference] {
    case .dictionary, .object: true
    case .none, .boolean, .integer, .largeInteger, .number, .string, .bytes, .tuple, .list, .name, .storage, .tensor:
      false
    }
  }

  /// Whether this is what `Optimizer.state_dict()` gives.
  private func isOptimizer(_ reference: Reference) -> Bool {
    guard case .dictionary(let pairs) = values[reference] else { return false }
    var found = (state: false, groups: false)
    for index in stride(from: 0, to: min(pairs.count, 16), by: 2) {
      guard case .string(let name) = values[pairs[index]] else { continue }
      if name == "state" { found.state = true }
      if name == "param_groups" { found.groups = true }
    }
    return found.state && found.groups
  }

  /// The names and values of a dictionary, or of the state of an object; nil for anything else.
  ///
  /// Parts of a module, whatever its class, are those of its parameters, buffers and modules.
  private mutating func fields(
    of reference: Reference
  ) throws(ModelFormatError) -> [(name: String, value: Reference)]? {
    let pairs: [Reference]
    var className: String?
    switch values[reference] {
    case .dictionary(let entries): pairs = entries
    case .object(let name, _, let state?):
      className = name
      var state = state
      // A class with slots has a tuple of two.
      if case .tuple(let parts) = values[state], let first = parts.first { state = first }
      guard case .dictionary(let entries) = values[state] else { return nil }
      pairs = entries
    case .none, .boolean, .integer, .largeInteger, .number, .string, .bytes, .tuple, .list, .name, .object, .storage,
      .tensor:
      return nil
    }
    try visit(pairs.count)
    var fields: [(name: String, value: Reference)] = []
    for index in stride(from: 0, to: pairs.count - 1, by: 2) {
      switch values[pairs[index]] {
      case .string(let name): fields.append((name, pairs[index + 1]))
      case .integer(let number): fields.append((String(number), pairs[index + 1]))
      case let other: note(other.kind, named: "a key of a dictionary")
      }
    }
    if let className { return try parts(ofModule: className, fields) }
    return TorchCheckpoint.lastOfEqual(fields)
  }

  /// Of several entries with the same name the last one counts, as in Python.
  private static func lastOfEqual(
    _ fields: [(name: String, value: Reference)]
  ) -> [(name: String, value: Reference)] {
    var places: [ByteName: Int] = [:]
    var unique: [(name: String, value: Reference)] = []
    for field in fields {
      if let place = places[ByteName(field.name)] {
        unique[place].value = field.value
      } else {
        places[ByteName(field.name)] = unique.count
        unique.append(field)
      }
    }
    return unique
  }

  private mutating func parts(
    ofModule className: String, _ fields: [(name: String, value: Reference)]
  ) throws(ModelFormatError) -> [(name: String, value: Reference)] {
    let members = ["_parameters", "_buffers", "_modules"].map { ByteName($0) }
    let groups = fields.filter { members.contains(ByteName($0.name)) }
    if groups.count == members.count {
      var parts: [(name: String, value: Reference)] = []
      for group in groups where isDictionary(group.value) { parts += try self.fields(of: group.value) ?? [] }
      return TorchCheckpoint.lastOfEqual(parts)
    }
    // A module of TorchScript has among them what its code needs, such as whether it was training.
    let isScript = className.hasPrefix("__torch__.")
    return TorchCheckpoint.lastOfEqual(isScript ? fields.filter { holdsTensors[Int($0.value)] } : fields)
  }

  private mutating func read(
    _ reference: Reference, named name: String, depth: Int, _ part: Part
  ) throws(ModelFormatError) {
    try visit(1)
    nameBytes += name.utf8.count
    guard nameBytes <= limits.structuredSectionSize else {
      throw ModelFormatError(
        .limitExceeded, section: "pickle", expected: "at most \(limits.structuredSectionSize) bytes of names",
        found: "more")
    }
    guard depth <= limits.nesting else {
      throw ModelFormatError(
        .limitExceeded, section: "pickle", expected: "values nested at most \(limits.nesting) deep",
        found: "deeper nesting")
    }
    if case .tensor(let tensor) = values[reference] {
      let entry = Entry(name: name.isEmpty ? TorchCheckpoint.onlyName : name, tensor: tensor)
      switch part {
      case .model: tensors.append(entry)
      case .state: stateTensors.append(entry)
      }
      return
    }
    if let value = values.scalar(reference) { return keep(value, named: name, part) }
    if let list = values.scalars(reference) {
      try visit(list.count)
      return keep(.list(list), named: name, part)
    }
    let prefix = name.isEmpty ? "" : name + "."
    if let fields = try fields(of: reference) {
      for field in fields { try read(field.value, named: prefix + field.name, depth: depth + 1, part) }
      return
    }
    switch values[reference] {
    case .list(let elements), .tuple(let elements):
      for (index, element) in elements.enumerated() {
        try read(element, named: prefix + String(index), depth: depth + 1, part)
      }
    case .none: break
    case let other: note(other.kind, named: name)
    }
  }

  private mutating func visit(_ count: Int) throws(ModelFormatError) {
    visits += count
    guard visits <= limits.valueCount else {
      throw ModelFormatError(
        .limitExceeded, section: "pickle", expected: "at most \(limits.valueCount) entries", found: "more")
    }
  }

  private mutating func keep(_ value: AttributeValue, named name: String, _ part: Part) {
    let key = ByteName(name.isEmpty ? "value" : name)
    switch part {
    case .model: metadata[key] = value
    case .state: stateValues[key] = value
    }
  }

  private mutating func note(_ kind: String, named name: String) {
    unreadCount += 1
    guard unread.count < TorchCheckpoint.largestList else { return }
    unread.append("\(ByteName(name).excerpt): \(ByteName(kind).excerpt)")
  }
}
