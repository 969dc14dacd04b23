import BinaryIO
import ModelFormat

/// Reads a pickle without running it.
///
/// A pickle is a program for a machine with a stack and a memo. The instructions of a closed list are followed; the
/// calls of a closed list are replaced by what they would give, and every other call becomes an object that is not
/// looked into. Nothing is imported, looked up or called. Memory and time are bounded by the bytes of the pickle and by
/// limits; nothing recurses.
struct PickleMachine {
  typealias Reference = PickleValues.Reference

  /// What a persistent identifier stands for.
  typealias PersistentLoader = (PickleValues, Reference) throws(ModelFormatError) -> PickleValues.Value

  private static let longestName = 2048

  private(set) var values = PickleValues()
  private var stack: [Reference] = []
  /// Where the marks are: how high the stack was.
  private var marks: [Int] = []
  private var memo: [Int: Reference] = [:]
  private var reader: PickleReader
  private let limits: DecodingLimits
  /// Values and references to them, against the limit.
  private var count = 0
  /// Where the current instruction begins.
  private var offset = 0

  /// Where the next byte after the pickle is.
  var end: Int { reader.position }

  init(_ reader: PickleReader, limits: DecodingLimits) {
    self.reader = reader
    self.limits = limits
  }

  /// Reads up to the end of the pickle, and returns what is on top of the stack then.
  ///
  /// - Throws: `unsupported` for an instruction that is not understood; `malformedValue`, `truncated`, `limitExceeded`.
  mutating func run(_ load: PersistentLoader) throws(ModelFormatError) -> Reference {
    do throws(ModelFormatError) {
      while true {
        offset = reader.position
        let code = try reader.readByte()
        guard let opcode = PickleOpcode(rawValue: code) else {
          throw ModelFormatError(
            .unsupported, expected: "instructions of a pickle of plain data and tensors",
            found: "0x" + hexadecimal([code]),
            advice: "save a state dict with torch.save, whose pickles have protocol 2")
        }
        if opcode == .stop { return try pop() }
        try step(opcode, load)
      }
    } catch { throw error.at(section: "pickle", offset: offset) }
  }

  private mutating func step(_ opcode: PickleOpcode, _ load: PersistentLoader) throws(ModelFormatError) {
    switch opcode {
    case .stop: break
    case .protocolVersion:
      let version = try reader.readByte()
      guard (2...5).contains(version) else {
        throw ModelFormatError(.unsupported, expected: "a pickle of protocol 2 to 5", found: "protocol \(version)")
      }
    case .frame: _ = try reader.readNumber(UInt64.self)
    case .mark:
      try charge(1)
      marks.append(stack.count)
    case .pop:
      if let mark = marks.last, mark == stack.count { marks.removeLast() } else { _ = try pop() }
    case .popMark: _ = try popToMark()
    case .duplicate:
      try charge(1)
      stack.append(try top())
    case .none: try push(.none)
    case .booleanTrue: try push(.boolean(true))
    case .booleanFalse: try push(.boolean(false))
    case .uint8: try push(.integer(Int(try reader.readByte())))
    case .uint16: try push(.integer(Int(try reader.readNumber(UInt16.self))))
    case .int32: try push(.integer(Int(try reader.readNumber(Int32.self))))
    case .long8: try push(PickleValues.Value(integer: try reader.readBytes(after: UInt8.self)))
    case .long32: try push(PickleValues.Value(integer: try reader.readBytes(after: Int32.self)))
    case .float: try push(.number(Double(bitPattern: try reader.readNumber(UInt64.self).byteSwapped)))
    case .unicode8: try push(try unicode(try reader.readBytes(after: UInt8.self)))
    case .unicode32: try push(try unicode(try reader.readBytes(after: UInt32.self)))
    case .unicode64: try push(try unicode(try reader.readBytes(after: UInt64.self)))
    case .string8: try push(PickleValues.Value(text: try reader.readBytes(after: UInt8.self)))
    case .string32: try push(PickleValues.Value(text: try reader.readBytes(after: Int32.self)))
    case .bytes8: try push(.bytes(Array(try reader.readBytes(after: UInt8.self))))
    case .bytes32: try push(.bytes(Array(try reader.readBytes(after: UInt32.self))))
    case .bytes64, .byteArray: try push(.bytes(Array(try reader.readBytes(after: UInt64.self))))
    case .emptyTuple: try push(.tuple([]))
    case .tuple1: try push(.tuple(try pop(1)))
    case .tuple2: try push(.tuple(try pop(2)))
    case .tuple3: try push(.tuple(try pop(3)))
    case .tuple, .frozenSet: try push(.tuple(try popToMark()))
    case .emptyList, .emptySet: try push(.list([]))
    case .list: try push(.list(try popToMark()))
    case .append: try append(try pop(1))
    case .appends, .addItems: try append(try popToMark())
    case .emptyDictionary: try push(.dictionary([]))
    case .dictionary: try push(.dictionary(try pairs(try popToMark())))
    case .setItem: try set(try pop(2))
    case .setItems: try set(try pairs(try popToMark()))
    case .memoize: try remember(memo.count)
    case .put8: try remember(Int(try reader.readByte()))
    case .put32: try remember(Int(try reader.readNumber(UInt32.self)))
    case .get8: try pushMemo(Int(try reader.readByte()))
    case .get32: try pushMemo(Int(try reader.readNumber(UInt32.self)))
    case .global:
      let (module, name) = (try reader.readLine(), try reader.readLine())
      try push(.name(String(decoding: module + [UInt8(ascii: ".")] + name, as: UTF8.self)))
    case .stackGlobal:
      let parts = try pop(2)
      guard case .string(let module) = values[parts[0]], case .string(let name) = values[parts[1]],
        module.utf8.count + name.utf8.count <= PickleMachine.longestName
      else { throw malformed("the names of a module and of something in it", values[parts[0]].kind) }
      try push(.name(module + "." + name))
    case .persistentID: try push(try load(values, try pop()))
    case .reduce, .newObject: try call(try pop(2))
    case .newObjectWithNames:
      let parts = try pop(3)
      try call([parts[0], parts[1]])
    case .build: try build(try pop())
    }
  }
}

// Stack, memo and the values themselves.

extension PickleMachine {
  /// Refuses more values and references than the limit.
  private mutating func charge(_ number: Int) throws(ModelFormatError) {
    count += number
    // A reference has 32 bits.
    let largest = min(limits.valueCount, Int(Reference.max))
    guard count <= largest else {
      throw ModelFormatError(.limitExceeded, expected: "at most \(largest) values", found: "more")
    }
  }

  private mutating func push(_ value: PickleValues.Value) throws(ModelFormatError) {
    try charge(1)
    stack.append(values.add(value))
  }

  private mutating func remember(_ number: Int) throws(ModelFormatError) {
    try charge(1)
    memo[number] = try top()
  }

  private mutating func pushMemo(_ number: Int) throws(ModelFormatError) {
    guard let reference = memo[number] else {
      throw malformed("a number that something was remembered under", "\(number)")
    }
    // A stack of one value over and over takes memory too.
    try charge(1)
    stack.append(reference)
  }

  private func malformed(_ expected: String, _ found: String) -> ModelFormatError {
    ModelFormatError(.malformedValue, expected: expected, found: found)
  }

  /// How many values are on the stack above the last mark.
  private var height: Int { stack.count - (marks.last ?? 0) }

  private func top() throws(ModelFormatError) -> Reference {
    guard height > 0, let top = stack.last else { throw malformed("a value on the stack", "none") }
    return top
  }

  private mutating func pop() throws(ModelFormatError) -> Reference {
    let top = try top()
    stack.removeLast()
    return top
  }

  private mutating func pop(_ count: Int) throws(ModelFormatError) -> [Reference] {
    guard height >= count else { throw malformed("\(count) values on the stack", "\(height)") }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws(ModelFormatError) -> [Reference] {
    guard let mark = marks.popLast(), mark <= stack.count else { throw malformed("a mark on the stack", "none") }
    defer { stack.removeLast(stack.count - mark) }
    return Array(stack[mark...])
  }

  private func pairs(_ references: [Reference]) throws(ModelFormatError) -> [Reference] {
    guard references.count % 2 == 0 else { throw malformed("a value for each key", "a key without one") }
    return references
  }

  private mutating func append(_ references: [Reference]) throws(ModelFormatError) {
    try charge(references.count)
    let container = try top()
    guard !values.append(references, toList: container) else { return }
    // What a class that is not looked into holds as a list is not looked at either.
    if case .object = values[container] { return }
    throw malformed("a list to append to", values[container].kind)
  }

  private mutating func set(_ references: [Reference]) throws(ModelFormatError) {
    try charge(references.count)
    let container = try top()
    guard !values.append(references, toDictionary: container) else { return }
    if case .object = values[container] { return }
    throw malformed("a dictionary to put into", values[container].kind)
  }

  private mutating func call(_ parts: [Reference]) throws(ModelFormatError) {
    guard case .name(let name) = values[parts[0]] else {
      // Such as a method of an object: it is not looked up, and so it is not called.
      try push(.object(name: values[parts[0]].kind, arguments: parts[1], state: nil))
      return
    }
    guard case .tuple(let arguments) = values[parts[1]] else {
      throw malformed("a tuple of arguments", values[parts[1]].kind)
    }
    let result = try PickleCalls(name: name, arguments: arguments, values: values, limits: limits).result(parts[1])
    if case .list(let elements) = result { try charge(elements.count) }
    if case .dictionary(let pairs) = result { try charge(pairs.count) }
    try push(result)
  }

  private mutating func build(_ state: Reference) throws(ModelFormatError) {
    let object = try top()
    // The state of containers and tensors is what Python programs attach to them.
    guard case .object(let name, let arguments, _) = values[object] else { return }
    values[object] = .object(name: name, arguments: arguments, state: state)
  }

  private func unicode(_ bytes: ArraySlice<UInt8>) throws(ModelFormatError) -> PickleValues.Value {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw malformed("UTF-8", "other bytes") }
    return .string(text)
  }
}
