import FuzzingSupport

/// A message of the wire format taken apart without knowing what it is, so that it can be changed and put together with
/// right lengths.
struct LooseMessage {
  indirect enum Content {
    case varint(UInt64)
    case fixed([UInt8])
    case bytes([UInt8])
    case message(LooseMessage)
  }

  struct Field {
    var number: UInt64
    var content: Content
  }

  private static let largestDepth = 8

  private var fields: [Field] = []

  /// Nil for bytes that are no fields. What may be a message is taken for one.
  init?(_ bytes: [UInt8], depth: Int = 0) {
    var position = 0
    while position < bytes.count {
      guard let tag = LooseMessage.varint(bytes, &position), tag >> 3 > 0 else { return nil }
      let size: Int
      switch tag & 7 {
      case 0:
        guard let value = LooseMessage.varint(bytes, &position) else { return nil }
        fields.append(Field(number: tag >> 3, content: .varint(value)))
        continue
      case 1: size = 8
      case 5: size = 4
      case 2:
        guard let length = LooseMessage.varint(bytes, &position), length <= UInt64(bytes.count - position) else {
          return nil
        }
        size = Int(length)
      default: return nil
      }
      guard size <= bytes.count - position else { return nil }
      let content = Array(bytes[position..<position + size])
      position += size
      guard tag & 7 == 2 else {
        fields.append(Field(number: tag >> 3, content: .fixed(content)))
        continue
      }
      let inner = depth < LooseMessage.largestDepth && size > 1 ? LooseMessage(content, depth: depth + 1) : nil
      fields.append(Field(number: tag >> 3, content: inner.map { .message($0) } ?? .bytes(content)))
    }
  }

  private static func varint(_ bytes: [UInt8], _ position: inout Int) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, bytes) = (value, [UInt8]())
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  var bytes: [UInt8] {
    fields.flatMap { field in
      switch field.content {
      case .varint(let value): LooseMessage.varint(field.number << 3) + LooseMessage.varint(value)
      case .fixed(let bytes): LooseMessage.varint(field.number << 3 | (bytes.count == 4 ? 5 : 1)) + bytes
      case .bytes(let bytes): LooseMessage.tagged(field.number, bytes)
      case .message(let message): LooseMessage.tagged(field.number, message.bytes)
      }
    }
  }

  private static func tagged(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(UInt64(bytes.count)) + bytes
  }

  /// Changes one field, or the fields themselves.
  mutating func mutate(_ choices: inout SeededChoices) {
    guard !fields.isEmpty else { return fields.append(Field(number: 1, content: .varint(choices.next() % 64))) }
    let place = choices.below(fields.count)
    switch choices.below(10) {
    case 0: fields.remove(at: place)
    case 1: fields.insert(fields[place], at: choices.below(fields.count + 1))
    case 2: fields.swapAt(place, choices.below(fields.count))
    case 3: fields[place].number = choices.next() % 32 + 1
    default: fields[place].content = LooseMessage.mutated(fields[place].content, &choices)
    }
  }

  private static func mutated(_ content: Content, _ choices: inout SeededChoices) -> Content {
    switch content {
    case .varint(let value):
      let others: [UInt64] = [0, 1, value &+ 1, value &- 1, choices.next() % 32, choices.next(), .max]
      return .varint(choices.element(of: others))
    case .fixed(let bytes): return .fixed(bytes.map { _ in UInt8(truncatingIfNeeded: choices.next()) })
    case .bytes(let bytes): return .bytes(Fuzzer.mutated(bytes))
    case .message(var message):
      message.mutate(&choices)
      return .message(message)
    }
  }
}
