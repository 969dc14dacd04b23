import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// Copying a file with other compression keeps everything.
struct CopyingTests {
  private func copied(_ bytes: [UInt8], _ compression: Compression, threads: Int? = nil) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try ModelReader(bytes: bytes).save(to: folder.file("copy"), compression: compression, threads: threads)
    return try folder.read("copy")
  }

  @Test(arguments: Compression.allCases)
  func fromEveryLevelToEveryLevelTheCompleteSample(from: Compression) throws {
    let model = try SampleModels.complete()
    let original = try model.encoded(compression: from)
    for to in Compression.allCases {
      let copy = try copied(original, to)
      #expect(try copy == model.encoded(compression: to), "\(from) to \(to)")
      #expect(try ModelReader(bytes: copy).model() == model)
    }
  }

  @Test(arguments: [1, 2, 4])
  func tensorsOfSeveralChunksOnOneThreadAndOnSeveral(threads: Int) throws {
    var random = SplitMix64(seed: 12)
    let values = Values.gaussian(600_000, deviation: 0.1, &random).map { Float($0) }
    let model = try Model(
      topology: nil,
      tensors: [
        try Tensor(name: "a", shape: [600_000], values: values), try Tensor(name: "b", shape: [0], values: [Float]()),
        try Tensor(name: "c", shape: [2], values: [1, 2] as [Double]),
      ])
    let raw = try model.encoded(compression: .none)
    let small = try copied(raw, .fast, threads: threads)
    #expect(small.count < raw.count * 9 / 10)
    #expect(try copied(small, .none, threads: threads) == raw)
  }

  @Test func aSectionThatIsNotSafeToCopyIsLeftAfter() throws {
    var model = try SampleModels.complete()
    let kept = model.unknownSections
    model.unknownSections.append(UnknownSection(type: try SampleModels.type("abCD"), payload: [9]))
    let bytes = try model.encoded()
    let reader = try ModelReader(bytes: bytes)
    #expect(reader.unknownSectionTypes.map(\.description) == ["abCd", "abCD"])
    let copy = try ModelReader(bytes: try copied(bytes, .fast))
    #expect(copy.unknownSectionTypes.map(\.description) == ["abCd"])
    #expect(try copy.copyableSections() == kept)
  }

  @Test func damageEndsTheCopyAndLeavesWhatWasThere() throws {
    let folder = try TemporaryFolder()
    try folder.write([1, 2, 3], to: "old")
    let model = try Model(
      topology: nil, tensors: [try Tensor(name: "a", shape: [1000], values: [Float](repeating: 0.1, count: 1000))])
    for compression in [Compression.fast, .none] {
      var bytes = try model.encoded(compression: compression)
      let chunk = try #require(try ModelReader(bytes: bytes).sections.first { $0.type == .chunk })
      bytes[chunk.offset + 16 + chunk.length / 2] ^= 4
      let error = #expect(throws: ModelFormatError.self) {
        try ModelReader(bytes: bytes).save(to: folder.file("old"))
      }
      #expect(error?.code == .checksumMismatch && error?.tensor == "a")
      #expect(try folder.read("old") == [1, 2, 3])
      #expect(try folder.names() == ["old"])
    }
  }
}
