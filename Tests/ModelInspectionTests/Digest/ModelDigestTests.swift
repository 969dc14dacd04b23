import Hashing
import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

struct ModelDigestTests {
  private struct Digests: Decodable {
    let names: [String]
    let each: [String]
    let tensors: String
    let topology: String
    let metadata: String
  }

  private struct Recorded: Decodable {
    let empty: Digests
    let whole: Digests
    let bare: Digests
    let encoded: Digests
    let sizes: [Int]
    let pieces: [String]
  }

  private static func recorded() throws -> Recorded { try Oracle.recorded("digests.json") }

  private static func tensor(_ name: String, _ type: DataType, _ shape: [Int], _ bytes: [UInt8]) throws -> Tensor {
    try Tensor(try TensorDescription(name: name, dataType: type, shape: shape), bytes: bytes)
  }

  private static func bytes<Value: FixedWidthInteger>(_ values: [Value]) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
  }

  /// What `digests.py` fills tensors with.
  private static let block: [UInt8] = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 * 31 + ($0 >> 8) * 7 + 3) }

  private static func filled(_ size: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < size { bytes += block.prefix(size - bytes.count) }
    return bytes
  }

  private static func tensors() throws -> [Tensor] {
    let floats: [UInt32] = [0x3F80_0000, 0x8000_0000, 0x7FC0_0001, 0xFFA0_0000, 0x7F80_0000, 1]
    return [
      try tensor("layer.weight", .float32, [2, 3], bytes(floats)),
      try Tensor(name: "layer.bias", shape: [2], values: [-1.5, 1e300]),
      try tensor("layer", .boolean, [2, 2], [0, 1, 1, 0]),
      try tensor("scalar", .int64, [], bytes([Int64(-2)])),
      try tensor("none", .bfloat16, [0, 7], []),
      try tensor("caf\u{E9}", .uint8, [1], [1]),
      try tensor("cafe\u{301}", .uint8, [1], [2]),
    ]
  }

  private static let topology = Topology(
    inputShape: [2], preprocessing: Preprocessing(scale: 0.25, offset: -0.0),
    layers: [
      LayerDescription(
        kind: "affine", name: "layer", outputShape: [3], attributes: ["own": [true, 1.5, "x"], "outputs": 3],
        parameters: [.init(role: "weight", tensor: "layer.weight")])
    ], loss: "squared-error", classNames: ["no", "yes", "caf\u{E9}"])

  private static let metadata: Attributes = [
    "training.epochs": 300, "list": [-1, 70_000, [false]], "generator": "an oracle", "data.rate": 0.1,
  ]

  private static func expect(
    _ digest: ModelDigest, _ digests: Digests, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      digest.tensors.map(\.tensor.name.utf8.count) == digests.names.map(\.utf8.count), sourceLocation: sourceLocation)
    #expect(digest.tensors.map(\.digest.description) == digests.each, sourceLocation: sourceLocation)
    #expect(digest[.tensors].description == digests.tensors, sourceLocation: sourceLocation)
    #expect(digest[.topology].description == digests.topology, sourceLocation: sourceLocation)
    #expect(digest[.metadata].description == digests.metadata, sourceLocation: sourceLocation)
  }

  @Test func `models have the digests that another program computes from the specification`() throws {
    let recorded = try ModelDigestTests.recorded()
    let tensors = try ModelDigestTests.tensors()
    let whole = try Model(
      topology: ModelDigestTests.topology, tensors: tensors, metadata: ModelDigestTests.metadata)
    ModelDigestTests.expect(try ModelDigest(of: whole), recorded.whole)
    ModelDigestTests.expect(try ModelDigest(of: Model(topology: nil, tensors: tensors)), recorded.bare)
    ModelDigestTests.expect(try ModelDigest(of: Model(topology: nil, tensors: [])), recorded.empty)
  }

  @Test func `blocks of another format are hashed as they are stored`() throws {
    let encoding = TensorEncoding(name: "q4_0", blockCount: 32, blockByteCount: 18, hasNumbers: true)
    let blocks = try EncodedBlocks(encoding, shape: [4, 32], bytes: ModelDigestTests.filled(72))
    ModelDigestTests.expect(try ModelDigest(of: blocks), try ModelDigestTests.recorded().encoded)
    let listed = TensorEncoding(name: "q4_0", blockCount: 32, blockByteCount: 18, hasNumbers: false)
    let same = try EncodedBlocks(listed, shape: [4, 32], bytes: ModelDigestTests.filled(72))
    #expect(try ModelDigest(of: same)[.tensors] == ModelDigest(of: blocks)[.tensors])
  }

  @Test(arguments: [1, 2, 3])
  func `tensors around the size of a piece have the recorded digests, on any number of threads`(threads: Int) throws {
    let recorded = try ModelDigestTests.recorded()
    for (size, digest) in zip(recorded.sizes, recorded.pieces) {
      let tensor = try ModelDigestTests.tensor("t", .uint8, [size], ModelDigestTests.filled(size))
      let model = try Model(topology: nil, tensors: [tensor])
      #expect(try ModelDigest(of: model, threads: threads)[.tensors].description == digest, "\(size) bytes")
      for compression in [Compression.none, .default] {
        let file = try ModelReader(bytes: try model.encoded(compression: compression))
        #expect(try ModelDigest(of: file, threads: threads)[.tensors].description == digest, "\(size) bytes")
      }
    }
  }

  @Test func `pieces that one element fills are hashed as what they stand for, and once`() throws {
    let (size, element) = (3 << 20 | 8, [0, 0, 0x80, 0x3F] as [UInt8])
    var tensors: [Tensor] = []
    for name in ["a", "b"] {
      let bytes = (0..<size / 4).flatMap { _ in element }
      tensors.append(try ModelDigestTests.tensor(name, .float32, [size / 4], bytes))
    }
    tensors.append(try ModelDigestTests.tensor("flags", .boolean, [70_000], [UInt8](repeating: 1, count: 70_000)))
    let model = try Model(topology: nil, tensors: tensors)
    let file = try ModelReader(bytes: try model.encoded(compression: .fast))
    #expect(try file.values(at: 0).repeatedElement(ofPiece: 0) != nil)
    #expect(try ModelDigest(of: file) == (try ModelDigest(of: model)))
  }

  @Test func `each part counts in its own scope and in no other`() throws {
    let tensors = try ModelDigestTests.tensors()
    func digests(_ change: (inout Model) throws -> Void) throws -> [String] {
      var model = try Model(
        topology: ModelDigestTests.topology, tensors: tensors, metadata: ModelDigestTests.metadata)
      try change(&model)
      let digest = try ModelDigest(of: model)
      return ModelDigest.Scope.allCases.map { digest[$0].description }
    }
    let original = try digests { _ in }
    func changed(_ change: (inout Model) throws -> Void) throws -> [Bool] {
      zip(original, try digests(change)).map { $0 != $1 }
    }
    #expect(try changed { $0.topology?.loss = nil } == [false, true, true])
    #expect(try changed { $0.topology?.preprocessing.offset = 0 } == [false, true, true])
    #expect(try changed { $0.topology = nil } == [false, true, true])
    #expect(try changed { $0.metadata["generator"] = nil } == [false, false, true])
    #expect(
      try changed { $0.history = try TrainingHistory(columns: [.init(name: "loss", values: [1])]) }
        == [false, false, false])
    #expect(
      try changed { $0.trainingState = try TrainingState(values: ["step": 1], tensors: tensors) } == [
        false, false, false,
      ])
    let reordered = try Model(
      topology: ModelDigestTests.topology, tensors: tensors.reversed(), metadata: ModelDigestTests.metadata)
    #expect(try ModelDigest(of: reordered)[.metadata].description == original[2])
  }

  @Test func `name, type, shape and every bit of the values count`() throws {
    func digest(_ name: String, _ type: DataType, _ shape: [Int], _ bytes: [UInt8]) throws -> String {
      let model = try Model(topology: nil, tensors: [try ModelDigestTests.tensor(name, type, shape, bytes)])
      return try ModelDigest(of: model)[.tensors].description
    }
    let zeros = [UInt8](repeating: 0, count: 8)
    let digests = try [
      digest("a", .float32, [2], zeros), digest("b", .float32, [2], zeros), digest("af", .float32, [2], zeros),
      digest("a", .int32, [2], zeros), digest("a", .float32, [1, 2], zeros), digest("a", .float32, [2, 1], zeros),
      digest("a", .float64, [1], zeros), digest("a", .float32, [2], [0, 0, 0, 0x80, 0, 0, 0, 0]),
      digest("a", .float32, [2], [0, 0, 0xC0, 0x7F, 0, 0, 0, 0]),
      digest("a", .float32, [2], [1, 0, 0xC0, 0x7F, 0, 0, 0, 0]),
    ]
    #expect(Set(digests).count == digests.count)
  }

  @Test func `a tensor is found by the bytes of its name`() throws {
    let digest = try ModelDigest(of: Model(topology: nil, tensors: ModelDigestTests.tensors()))
    let (one, other) = (digest.digest(ofTensorNamed: "caf\u{E9}"), digest.digest(ofTensorNamed: "cafe\u{301}"))
    #expect(one != nil && other != nil && one != other)
    #expect(digest.digest(ofTensorNamed: "cafe") == nil)
    #expect(digest.digest(ofTensorNamed: "zzz") == nil)
  }

  @Test func `damage to values is an error, not another digest`() throws {
    let tensor = try ModelDigestTests.tensor("t", .uint8, [3000], ModelDigestTests.filled(3000))
    var bytes = try Model(topology: nil, tensors: [tensor]).encoded(compression: .none)
    bytes[500] ^= 1
    let file = try ModelReader(bytes: bytes)
    #expect {
      _ = try ModelDigest(of: file)
    } throws: { error in
      guard case .model(let error)? = error as? DigestError else { return false }
      return error.code == .checksumMismatch && error.tensor == "t"
    }
  }
}
