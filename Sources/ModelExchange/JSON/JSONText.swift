import BinaryIO
import ModelFormat

/// JSON that goes to a sink as it comes about: no text is held but a small buffer.
///
/// The forms of values are those of `StructuredValue.json`. Text may be written into a string, as safetensors keeps JSON:
/// then it is escaped once more.
struct JSONText<Sink: ByteSink & ~Copyable>: ~Copyable {
  private static var bufferSize: Int { 1 << 16 }

  private var sink: Sink
  private var buffer: [UInt8] = []
  private var isQuoted = false
  /// The first failure of the sink, which `finish` throws; nothing goes to it afterwards.
  private var failure: FileError?

  init(_ sink: consuming Sink) {
    self.sink = sink
    buffer.reserveCapacity(Self.bufferSize)
  }

  /// Writes the rest and gives the sink back.
  consuming func finish() throws(FileError) -> Sink {
    flush()
    if let failure { throw failure }
    return sink
  }

  private mutating func flush() {
    if failure == nil {
      do throws(FileError) { try sink.write(buffer) } catch { failure = error }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    if isQuoted, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { buffer.append(UInt8(ascii: "\\")) }
    buffer.append(byte)
    if buffer.count >= Self.bufferSize - 2 { flush() }
  }

  /// Writes text as it is.
  mutating func write(_ text: String) { for byte in text.utf8 { put(byte) } }

  /// Writes what `body` writes as the content of a string.
  mutating func quote(_ body: (inout JSONText) -> Void) {
    write("\"")
    isQuoted = true
    body(&self)
    isQuoted = false
    write("\"")
  }

  /// Writes a string in quotation marks, escaped where JSON demands it and nowhere else.
  mutating func string(_ string: String) {
    put(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        put(UInt8(ascii: "\\"))
        put(byte)
      case 0..<0x20:
        var escaped = ""
        StructuredValue.appendJSON(String(Unicode.Scalar(byte)), to: &escaped)
        write(String(escaped.dropFirst().dropLast()))
      default: put(byte)
      }
    }
    put(UInt8(ascii: "\""))
  }

  mutating func integer(_ value: Int) {
    // A digit needs no string.
    if 0..<10 ~= value { put(UInt8(ascii: "0") + UInt8(value)) } else { write(String(value)) }
  }

  mutating func number(_ value: Double) {
    // Whole numbers of a few digits are frequent; `description` takes ten times as long.
    if let whole = Int(exactly: value), whole.magnitude < 1_000_000, value.bitPattern != (-0.0).bitPattern {
      integer(whole)
      put(UInt8(ascii: "."))
      put(UInt8(ascii: "0"))
    } else {
      write(StructuredValue.number(value).json)
    }
  }

  /// Writes elements with commas between them, in brackets.
  mutating func array<Element>(_ elements: [Element], _ body: (inout JSONText, Element) -> Void) {
    put(UInt8(ascii: "["))
    for index in elements.indices {
      if index > 0 { put(UInt8(ascii: ",")) }
      body(&self, elements[index])
    }
    put(UInt8(ascii: "]"))
  }

  mutating func attribute(_ value: AttributeValue) {
    switch value {
    case .boolean(let value): write(value ? "true" : "false")
    case .integer(let value): integer(value)
    case .number(let value): number(value)
    case .string(let value): string(value)
    case .list(let elements): array(elements) { (text, element) in text.attribute(element) }
    }
  }

  mutating func attributes(_ entries: [Attributes.Entry]) {
    put(UInt8(ascii: "{"))
    for index in entries.indices {
      if index > 0 { put(UInt8(ascii: ",")) }
      string(entries[index].name)
      put(UInt8(ascii: ":"))
      attribute(entries[index].value)
    }
    put(UInt8(ascii: "}"))
  }

  /// The fields of the section TOPO, in their canonical order.
  mutating func topology(_ topology: Topology) {
    put(UInt8(ascii: "{"))
    if let loss = topology.loss {
      write("\"loss\":")
      string(loss)
      put(UInt8(ascii: ","))
    }
    write("\"layers\":")
    array(topology.layers) { (text, layer) in text.layer(layer) }
    if !topology.classNames.isEmpty {
      write(",\"class_names\":")
      array(topology.classNames) { (text, name) in text.string(name) }
    }
    write(",\"input_shape\":")
    array(topology.inputShape) { (text, dimension) in text.integer(dimension) }
    write(",\"preprocessing\":{\"scale\":")
    number(topology.preprocessing.scale)
    write(",\"offset\":")
    number(topology.preprocessing.offset)
    write("}}")
  }

  private mutating func layer(_ layer: LayerDescription) {
    write("{\"kind\":")
    string(layer.kind)
    write(",\"name\":")
    string(layer.name)
    write(",\"attributes\":")
    attributes(layer.attributes.entries)
    write(",\"parameters\":")
    array(layer.parameters) { (text, parameter) in
      text.write("{\"role\":")
      text.string(parameter.role)
      text.write(",\"tensor\":")
      text.string(parameter.tensor)
      text.write("}")
    }
    write(",\"output_shape\":")
    array(layer.outputShape) { (text, dimension) in text.integer(dimension) }
    put(UInt8(ascii: "}"))
  }

  /// Columns with their values as numbers, where the section of our own files has bytes.
  mutating func history(_ history: TrainingHistory) {
    write("{\"columns\":")
    array(history.columns) { (text, column) in
      text.write("{\"name\":")
      text.string(column.name)
      text.write(",\"values\":")
      text.array(column.values) { (text, value) in text.number(value) }
      text.write("}")
    }
    put(UInt8(ascii: "}"))
  }
}

/// Counts bytes, and keeps none.
struct CountingSink: ByteSink {
  private(set) var count = 0

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) { count += bytes.count }
}
