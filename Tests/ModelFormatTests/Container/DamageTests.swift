import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// Damage is found, and its place is named.
struct DamageTests {
  /// The files that damage is done to. Together they have every section and every coding and plane method.
  enum Sample: CaseIterable {
    case complete, mappable, random

    func bytes() throws -> [UInt8] {
      switch self {
      case .complete: return try SampleModels.complete().encoded()
      case .mappable: return try SampleModels.complete().encoded(compression: .none)
      case .random:
        // The first one that has a training state and values in most of its tensors.
        for seed in 0..<1000 {
          var random = SplitMix64(seed: UInt64(seed))
          let model = try SampleModels.random(&random)
          let tensors = model.tensors + (model.trainingState?.tensors ?? [])
          if model.trainingState != nil, tensors.count(where: { $0.count > 0 }) >= 12 {
            return try model.encoded(compression: .best)
          }
        }
        return []
      }
    }
  }

  /// What an error about a byte must name: section, and tensor where it belongs to one.
  private struct Region {
    let range: Range<Int>
    let section: String
    let tensor: String?
  }

  private func regions(_ bytes: [UInt8]) throws -> [Region] {
    let container = try ContainerReader(MemorySource(bytes, name: "sample"), limits: DecodingLimits())
    let tensors = (container.index.tensors + container.index.stateTensors).map(\.description)
    var chunkOwners = tensors.filter { $0.count > 0 }.map(\.name)[...]
    var regions = [Region(range: 0..<16, section: "header", tensor: nil)]
    for section in container.index.sections {
      regions.append(
        Region(
          range: section.offset..<section.offset + section.length + 20, section: section.type.description,
          tensor: section.type == .chunk ? chunkOwners.popFirst() : nil))
    }
    let trailer = bytes.count - 24
    let last = regions[regions.count - 1].range.upperBound
    regions.append(Region(range: last..<trailer, section: "INDX", tensor: nil))
    return regions + [Region(range: trailer..<bytes.count, section: "trailer", tensor: nil)]
  }

  @Test func theSampleHasEveryKindOfSectionAndNoByteOutsideOne() throws {
    for sample in Sample.allCases {
      let regions = try regions(sample.bytes())
      #expect(zip(regions, regions.dropFirst()).allSatisfy { $0.range.upperBound == $1.range.lowerBound })
    }
    for sample in [Sample.complete, .mappable] {
      #expect(
        try regions(sample.bytes()).map(\.section) == [
          "header", "TOPO", "mETA", "hIST", "abCd", "tRST", "CHNK", "CHNK", "CHNK", "CHNK", "CHNK", "INDX", "trailer",
        ])
      #expect(try decoded(sample.bytes()) == SampleModels.complete())
    }
    #expect(try regions(Sample.random.bytes()).count { $0.section == "CHNK" } >= 12)
  }

  @Test(arguments: Sample.allCases)
  func everySingleFlippedBitIsRefusedWithSectionAndTensor(sample: Sample) throws {
    let bytes = try sample.bytes()
    for region in try regions(bytes) {
      for position in region.range {
        for bit in 0..<8 {
          var damaged = bytes
          damaged[position] ^= 1 << UInt8(bit)
          let error = try readingError(damaged)
          try #require(error.section == region.section, "bit \(bit) of byte \(position): \(error)")
          try #require(error.tensor == region.tensor, "bit \(bit) of byte \(position): \(error)")
          try #require(error.path == "model")
          let offset = try #require(error.offset)
          try #require(region.range.contains(offset), "bit \(bit) of byte \(position): \(error)")
        }
      }
    }
  }

  @Test(arguments: Sample.allCases)
  func everyLengthThatTheFileIsCutToIsRefused(sample: Sample) throws {
    let bytes = try sample.bytes()
    for length in 1..<bytes.count {
      let error = try readingError(Array(bytes[..<length]))
      try #require(error.code == .truncated, "\(length) bytes: \(error)")
      try #require(error.section != nil, "\(length) bytes: \(error)")
    }
  }

  @Test(arguments: Sample.allCases)
  func aFileCutInsideASectionNamesThatSection(sample: Sample) throws {
    let bytes = try sample.bytes()
    for region in try regions(bytes).dropFirst().dropLast() {
      for length in region.range.lowerBound + 16..<region.range.upperBound {
        let error = try readingError(Array(bytes[..<length]))
        try #require(error.section == region.section, "\(length) bytes: \(error)")
      }
    }
  }

  @Test func damageIsFoundThroughAFileAsWellAsInMemory() throws {
    let bytes = try Sample.complete.bytes()
    let folder = try TemporaryFolder()
    let path = folder.file("damaged.nnk")
    for position in stride(from: 0, to: bytes.count, by: 97) {
      var damaged = bytes
      damaged[position] ^= 0x10
      try folder.write(damaged, to: "damaged.nnk")
      let fromFile = try #require(throws: ModelFormatError.self) { _ = try Model(contentsOf: path) }
      let fromMemory = try #require(throws: ModelFormatError.self) {
        _ = try ModelReader(bytes: damaged, name: path).model()
      }
      #expect(fromFile == fromMemory)
      #expect(fromFile.path == path)
    }
    for length in stride(from: 0, to: bytes.count, by: 101) {
      try folder.write(Array(bytes[..<length]), to: "damaged.nnk")
      #expect(throws: ModelFormatError.self) { _ = try Model(contentsOf: path) }
    }
  }

  @Test(arguments: [1, 2, 23, 24, 25, 1000])
  func appendedBytesAreRefusedWithHowManyThereAre(count: Int) throws {
    let bytes = try Sample.complete.bytes()
    let error = try readingError(bytes + [UInt8](repeating: 0, count: count))
    #expect(error.code == .trailingBytes)
    #expect(error.offset == bytes.count)
    #expect(error.found == "\(count) more bytes")
  }

  @Test func twoFilesOneAfterTheOtherAreRefused() throws {
    let bytes = try Sample.complete.bytes()
    let error = try readingError(bytes + bytes)
    #expect(error.code == .inconsistentLayout)
    #expect(error.section == "trailer")
    #expect(error.expected == "a file of \(bytes.count) bytes")
    #expect(error.found == "\(2 * bytes.count) bytes")
  }

  @Test func bytesTakenOutOfOrPutIntoTheMiddleAreRefused() throws {
    let bytes = try Sample.complete.bytes()
    for position in stride(from: 16, to: bytes.count - 24, by: 13) {
      var shorter = bytes
      shorter.remove(at: position)
      #expect(try readingError(shorter).code == .inconsistentLayout)
      var longer = bytes
      longer.insert(0, at: position)
      #expect(try readingError(longer).code == .inconsistentLayout)
    }
  }

  @Test func twoChunksOfEqualLengthThatChangedPlacesAreRefused() throws {
    let model = try Model(
      topology: nil,
      tensors: [
        Tensor(name: "a", shape: [2], values: [1, 2] as [Float]),
        Tensor(name: "b", shape: [2], values: [3, 4] as [Float]),
      ])
    var exchanged = try model.encoded()
    let container = try ContainerReader(MemorySource(exchanged, name: "sample"), limits: DecodingLimits())
    let ranges = container.index.sections.map { $0.offset..<$0.offset + $0.length + 20 }
    try #require(ranges.count == 2 && ranges[0].count == ranges[1].count)
    let first = Array(exchanged[ranges[0]])
    exchanged.replaceSubrange(ranges[0], with: Array(exchanged[ranges[1]]))
    exchanged.replaceSubrange(ranges[1], with: first)
    let error = try readingError(exchanged)
    #expect(error.code == .checksumMismatch)
    #expect(error.tensor == "a")
  }
}
