import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// The safetensors library and we read and write the same files.
@Suite(.enabled(if: SafetensorsLibrary.isAvailable))
struct SafetensorsLibraryTests {
  @Test(arguments: 0..<8)
  func whatTheLibraryWritesWeReadAndWriteBitForBit(seed: Int) throws {
    let folder = try TemporaryFolder()
    let listing = try Python.run(
      """
      import numpy as np
      from safetensors.numpy import save_file
      random = np.random.default_rng(\(seed))
      kinds = ["bool", "u1", "i1", "<i2", "<u2", "<f2", "<i4", "<u4", "<f4", "<f8", "<i8", "<u8"]
      tensors = {}
      for number in range(20):
          kind = np.dtype(kinds[random.integers(len(kinds))])
          shape = tuple(random.integers(0, 6, size=random.integers(0, 4)))
          count = int(np.prod(shape, dtype=np.int64))
          data = random.bytes(count * kind.itemsize)
          if kind == np.bool_:
              data = bytes(byte & 1 for byte in data)
          tensors["t%d \\u00e9\\U0001f9e0\\"\\\\\\n" % number] = np.frombuffer(data, dtype=kind).reshape(shape)
      save_file(tensors, "model.safetensors", metadata={"k\\u00e9y": "a \\"value\\"\\n\\u0001/"})
      for name, value in tensors.items():
          print(name.encode().hex(), value.dtype.name, list(value.shape), value.tobytes().hex() or "-")
      """, in: folder)
    let bytes = try folder.read("model.safetensors")
    let reader = try ModelFiles.open(bytes: bytes)
    let lines = try reader.model().tensors.map { tensor in
      let text = hexadecimalText(tensor.bytes)
      return "\(hexadecimalText(tensor.name.utf8)) \(SafetensorsLibrary.name(of: tensor.dataType)) \(tensor.shape) "
        + (text.isEmpty ? "-" : text)
    }
    #expect(Set(lines) == Set(listing.split(separator: "\n").map(String.init)))
    #expect(lines.count == 20 && reader.metadata == ["kéy": "a \"value\"\n\u{1}/"])
    #expect(try reader.encoded(as: .safetensors) == bytes)
  }

  @Test(arguments: 0..<8)
  func whatWeWriteTheLibraryReadsBitForBit(seed: Int) throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64(seed: UInt64(300 + seed))
    let model = try SampleModels.random(&random)
    try ModelFiles.open(bytes: try model.encoded()).save(to: folder.file("model.safetensors"), as: .safetensors)
    // NumPy has no bfloat16: the library's own reader hands out the bytes of every type.
    let listing = try Python.run(
      """
      import json
      from safetensors import deserialize, safe_open
      for name, tensor in deserialize(open("model.safetensors", "rb").read()):
          print(name.encode().hex(), tensor["dtype"], list(tensor["shape"]), bytes(tensor["data"]).hex() or "-")
      with safe_open("model.safetensors", "np") as file:
          for key, value in sorted((file.metadata() or {}).items()):
              print("metadata", key.encode().hex(), value.encode().hex() or "-")
              if key.startswith("nnkit."):
                  json.loads(value)
      """, in: folder)
    var lines = model.tensors.map { tensor in
      let text = hexadecimalText(tensor.bytes)
      return "\(hexadecimalText(tensor.name.utf8)) \(SafetensorsType(tensor.dataType).name) \(tensor.shape) "
        + (text.isEmpty ? "-" : text)
    }
    for entry in model.metadata.entries {
      guard case .string(let text) = entry.value else { continue }
      let value = hexadecimalText(text.utf8)
      lines.append("metadata \(hexadecimalText(entry.name.utf8)) \(value.isEmpty ? "-" : value)")
    }
    let found = Set(listing.split(separator: "\n").map(String.init))
    #expect(found.isSuperset(of: lines), "\(Set(lines).subtracting(found))")
    let others = found.subtracting(lines)
    #expect(others.allSatisfy { $0.hasPrefix("metadata " + hexadecimalText("nnkit.".utf8)) }, "\(others)")
  }

  @Test func theLibraryRefusesWhatWeRefuse() throws {
    let folder = try TemporaryFolder()
    let headers = SafetensorsRefusalTests.inconsistent.map(\.header)
    for (number, header) in headers.enumerated() {
      try folder.write(SafetensorsBytes.file(header, [1, 2]), to: "\(number)")
    }
    let accepted = try Python.run(
      """
      from safetensors import deserialize
      for number in range(\(headers.count)):
          try:
              deserialize(open(str(number), "rb").read())
              print(number)
          except Exception:
              pass
      """, in: folder)
    // The library takes an empty name, and the later of two equal names.
    let ours = accepted.split(separator: "\n").compactMap { Int($0) }.map { headers[$0] }
    for header in ours {
      let isOurs = header.contains("\"\":{") || header.count > 80
      #expect(isOurs, "\(header)")
    }
  }
}

/// The safetensors library for Python, with NumPy.
enum SafetensorsLibrary {
  static let isAvailable = Python.imports("numpy", "safetensors.numpy")

  /// NumPy's name of a type.
  static func name(of type: DataType) -> String {
    switch type {
    case .boolean: "bool"
    case .uint8, .uint16, .uint32, .uint64: "uint\(8 * type.byteCount)"
    case .int8, .int16, .int32, .int64: "int\(8 * type.byteCount)"
    case .bfloat16: "bfloat16"
    case .float16, .float32, .float64: "float\(8 * type.byteCount)"
    }
  }
}
