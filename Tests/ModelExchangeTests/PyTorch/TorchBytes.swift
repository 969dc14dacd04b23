import BinaryIO

/// Pickles put together by hand, and files of PyTorch around them.
enum TorchBytes {
  typealias Pickle = [UInt8]

  static func unicode(_ text: String) -> Pickle { [0x58] + little(UInt32(text.utf8.count)) + Array(text.utf8) }
  static func integer(_ value: Int) -> Pickle { [0x8A, 8] + little(UInt64(bitPattern: Int64(value))) }
  static func global(_ module: String, _ name: String) -> Pickle { [0x63] + Array("\(module)\n\(name)\n".utf8) }
  static func tuple(_ parts: [Pickle]) -> Pickle { [0x28] + parts.joined() + [0x74] }
  static func list(_ parts: [Pickle]) -> Pickle { [0x5D, 0x28] + parts.joined() + [0x65] }
  static func call(_ module: String, _ name: String, _ arguments: [Pickle]) -> Pickle {
    global(module, name) + tuple(arguments) + [0x52]
  }
  static func dictionary(_ fields: [(String, Pickle)]) -> Pickle {
    [0x7D, 0x28] + fields.flatMap { unicode($0.0) + $0.1 } + [0x75]
  }
  /// A whole pickle with this value.
  static func pickle(_ value: Pickle) -> Pickle { [0x80, 2] + value + [0x2E] }

  static func storage(
    _ key: String = "0", _ type: String = "FloatStorage", module: String = "torch", count: Int = 6, view: Pickle = []
  ) -> Pickle {
    tuple([unicode("storage"), global(module, type), unicode(key), unicode("cpu"), integer(count), view]) + [0x51]
  }

  static func tensor(
    _ storage: Pickle = storage(), offset: Int = 0, shape: [Int] = [2, 3], strides: [Int] = [3, 1]
  ) -> Pickle {
    call(
      "torch._utils", "_rebuild_tensor_v2",
      [storage, integer(offset), tuple(shape.map(integer)), tuple(strides.map(integer)), [0x89], [0x4E]])
  }

  /// A file of the newer form.
  static func archive(
    _ pickle: Pickle, storages: [String: [UInt8]] = ["0": numbers], order: String? = nil
  ) -> [UInt8] {
    var members = [ZipBytes.Member("m/data.pkl", pickle)]
    if let order { members.append(.init("m/byteorder", Array(order.utf8))) }
    for key in storages.keys.sorted() { members.append(.init("m/data/\(key)", storages[key] ?? [])) }
    return ZipBytes(members).bytes
  }

  /// A file of the older form.
  static func older(
    _ pickle: Pickle, version: Pickle = integer(1001), keys: Pickle = list([unicode("0")]),
    storages: [UInt8] = little(UInt64(6)) + numbers
  ) -> [UInt8] {
    Self.pickle([0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]) + Self.pickle(version)
      + Self.pickle([0x7D]) + pickle + Self.pickle(keys) + storages
  }

  /// The numbers 1 to 6 as `f32`.
  static let numbers: [UInt8] = (1...6).flatMap { little(Float($0).bitPattern) }

  static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeLittleEndian(number)
    return writer.bytes
  }
}
