import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// From `.nnk` to `.nnk` chunks are verified and copied, not decoded.
struct ChunkCopyingTests {
  private func edited(
    _ bytes: [UInt8], threads: Int? = nil, _ change: (inout ModelEdit) -> Void = { $0.setMetadata = [("k", "v")] }
  ) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    var edit = ModelEdit()
    change(&edit)
    let reader = try ModelReader(bytes: bytes, name: "file")
    try EditedModel(reader, edit).save(to: folder.file("out"), replacing: false, threads: threads)
    return try folder.read("out")
  }

  private func payloads(_ bytes: [UInt8]) throws -> [[UInt8]] {
    try ModelReader(bytes: bytes).sections.filter { $0.type == .chunk }
      .map { Array(bytes[($0.offset + 16)..<($0.offset + 16 + $0.length)]) }
  }

  private func large() throws -> Model {
    var random = SplitMix64(seed: 51)
    var tensors: [Tensor] = []
    for (number, type) in DataType.allCases.enumerated() {
      tensors.append(try SampleModels.ramp("t\(number)", type, count: 30_000 + number, &random))
    }
    tensors.append(try Tensor(name: "none", shape: [0], values: [Float]()))
    tensors.append(try Tensor(name: "one", shape: [1], values: [1] as [Float]))
    let size = StoredChunk.largestWhole + 5000
    let noise = Values.noise(size, &random)
    tensors.append(try Tensor(TensorDescription(name: "noise", dataType: .uint8, shape: [size]), bytes: noise))
    return try Model(
      topology: nil, tensors: tensors, metadata: ["k": "old"],
      trainingState: TrainingState(values: ["step": 3], tensors: [SampleModels.ramp("m", .float32, count: 9, &random)]))
  }

  @Test(arguments: [Compression.fast, .default, .best])
  func `chunks of compressed files keep their bytes`(compression: Compression) throws {
    for model in [try SampleModels.complete(), try large()] {
      let bytes = try model.encoded(compression: compression)
      let copy = try edited(bytes)
      #expect(try payloads(copy) == payloads(bytes))
      var expected = model
      expected.metadata["k"] = "v"
      #expect(try decoded(copy) == expected)
    }
  }

  @Test func `the bytes are the same on any number of threads`() throws {
    for compression in [Compression.fast, .none] {
      let bytes = try large().encoded(compression: compression)
      let copies = try [1, 2, 5].map { try edited(bytes, threads: $0) }
      #expect(copies[0] == copies[1] && copies[1] == copies[2])
    }
  }

  @Test func `a file that can be mapped is the one that a save without compression makes`() throws {
    for model in [try SampleModels.complete(), try large()] {
      let bytes = try model.encoded(compression: .none)
      for length in [1, 60, 1000] {
        var expected = model
        // Hardly compressible, so that what follows moves.
        var random = SplitMix64(seed: UInt64(length))
        let text = String(decoding: random.bytes(length).map { $0 & 0x3F | 0x40 }, as: UTF8.self)
        expected.metadata["k"] = .string(text)
        let copy = try edited(bytes) { $0.setMetadata = [("k", .string(text))] }
        #expect(try copy == expected.encoded(compression: .none), "\(length)")
      }
    }
  }

  @Test func `dropped tensors leave their chunks behind`() throws {
    let bytes = try large().encoded(compression: .fast)
    let copy = try edited(bytes) {
      $0.droppedTensors = ["noise", "t1"]
      $0.renamings = [.init("t0", to: "first")]
      $0.dropsTrainingState = true
    }
    #expect(copy.count < bytes.count - StoredChunk.largestWhole)
    let (old, new) = (try decoded(bytes), try decoded(copy))
    #expect(new.tensors.count == old.tensors.count - 2)
    #expect(new.trainingState == nil)
    #expect(new.tensor(named: "first")?.bytes == old.tensor(named: "t0")?.bytes)
    for tensor in new.tensors.dropFirst() { #expect(tensor == old.tensor(named: tensor.name)) }
  }

  @Test func `sections that are safe to copy are kept, and others are not`() throws {
    var model = try SampleModels.complete()
    let kept = model.unknownSections
    model.unknownSections.append(UnknownSection(type: try SampleModels.type("abCD"), payload: [9]))
    let copy = try ModelReader(bytes: try edited(try model.encoded()))
    #expect(try copy.unknownSections() == kept)
  }

  @Test func `a flipped bit in any chunk ends the edit, names the tensor, and leaves what was there`() throws {
    var random = SplitMix64(seed: 52)
    // The last is longer than what is copied in one go.
    let model = try Model(
      topology: nil,
      tensors: [
        SampleModels.ramp("a", .float32, count: 500, &random), SampleModels.ramp("b", .float64, count: 9, &random),
        SampleModels.ramp("c", .uint8, count: StoredChunk.largestWhole + 9, &random),
      ])
    for compression in [Compression.fast, .none] {
      let sound = try model.encoded(compression: compression)
      let sections = try ModelReader(bytes: sound).sections
      for chunk in sections where chunk.type == .chunk {
        let end = chunk.offset + chunk.length + 20
        for position in [chunk.offset + 1, chunk.offset + 16, (chunk.offset + end) / 2, end - 1] {
          var bytes = sound
          bytes[position] ^= 0x10
          let folder = try TemporaryFolder()
          try folder.write([1, 2, 3], to: "out")
          var edit = ModelEdit()
          edit.setMetadata = [("k", "v")]
          let model = try EditedModel(try ModelReader(bytes: bytes, name: "file"), edit)
          let error = #expect(throws: ModelFormatError.self) {
            try model.save(to: folder.file("out"), replacing: true)
          }
          #expect(error?.code == .checksumMismatch, "\(position): \(error.map(String.init(describing:)) ?? "none")")
          #expect(error?.path == "file" && error?.section == "CHNK" && error?.tensor != nil)
          #expect(error?.offset == chunk.offset)
          #expect(try folder.read("out") == [1, 2, 3])
          #expect(try folder.names() == ["out"])
        }
      }
    }
  }

  @Test func `a file can be changed in place`() throws {
    let folder = try TemporaryFolder()
    let model = try large()
    try model.save(to: folder.file("m.nnk"), compression: .fast)
    var edit = ModelEdit()
    edit.setMetadata = [("k", "v")]
    try EditedModel(try ModelReader(path: folder.file("m.nnk")), edit).save(to: folder.file("m.nnk"), replacing: true)
    var expected = model
    expected.metadata["k"] = "v"
    #expect(try Model(contentsOf: folder.file("m.nnk")) == expected)
    #expect(try folder.names() == ["m.nnk"])
  }

  /// The chunk of another writer, whose values are where they happen to be.
  @Test func `raw chunks that are not aligned keep their bytes`() throws {
    let model = try Model(
      topology: nil, tensors: [Tensor(name: "a", shape: [3], values: [1, 2, 3] as [Float])], metadata: ["k": "old"])
    let aligned = try model.encoded(compression: .none)
    // As a default save stores what it cannot compress: without padding, with the usual chunk size.
    let bare = try model.encoded(compression: .fast)
    #expect(try payloads(bare)[0].count == 13)
    #expect(try payloads(edited(bare) { $0.setMetadata = [("k", "much longer than it was")] }) == payloads(bare))
    #expect(
      try payloads(edited(aligned) { $0.setMetadata = [("k", "much longer than it was")] })[0].suffix(12)
        == payloads(bare)[0].suffix(12))
  }

  @Test func `a copy reads each byte of the chunks once, piece by piece`() throws {
    for compression in [Compression.fast, .none] {
      let source = CountingSource(try large().encoded(compression: compression))
      let reader = try ModelReader(source)
      let before = source.bytesRead
      let folder = try TemporaryFolder()
      try EditedModel(reader, ModelEdit()).save(to: folder.file("out"), replacing: false)
      #expect(source.bytesRead - before < source.byteCount + 20_000)
      #expect(source.reads.allSatisfy { $0.count <= StoredChunk.largestWhole + 20 })
    }
  }
}
