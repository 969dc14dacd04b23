import BinaryIO
import MachineLimits
import Testing

@testable import ModelFormat

/// Sizes that a file only claims.
struct ClaimedSizeTests {
  /// A tensor of a terabyte in a file of a kilobyte is refused by limit, by number of chunks, and by their sizes.
  @Test func aTensorOfATerabyteInAFileOfAKilobyteIsRefusedByLimit() throws {
    var file = CraftedFile()
    file.addTensor("huge", "u8", [1 << 40], chunk: [0])
    #expect(file.bytes.count < 1024)
    let start = ContinuousClock.now
    defer { #expect(ContinuousClock.now - start < .seconds(1)) }
    var error = try readingError(file)
    #expect(error.code == .limitExceeded)
    #expect(error.tensor == "huge")
    var limits = DecodingLimits()
    limits.totalTensorSize = .max
    error = try readingError(file, limits: limits)
    #expect(error.code == .inconsistentLayout)
    #expect(error.found == "1")
    file.tensors[0].chunkSize = 1 << 40
    let reader = try ModelReader(bytes: file.bytes, limits: limits)
    #expect(reader.tensors[0].byteCount == 1 << 40)
    // The machine has less memory; where values are read piece by piece, that is no reason yet.
    error = try readingError(file, limits: limits)
    #expect(error.code == .limitExceeded)
    #expect(error.tensor == "huge")
    #expect(error.expected == "memory for 1099511627776 bytes")
    error = try #require(throws: ModelFormatError.self) {
      _ = try reader.values(of: reader.tensors[0], in: reader.contents)
    }
    #expect(error.code == .limitExceeded)
    #expect(error.tensor == "huge")
    #expect(error.expected == "at most 1032 times the 1 bytes that are stored")
    // A chunk that could hold as much, for all its length says.
    file.sections[0].payload = planes(1, [(2, [0])])
    let planar = try ModelReader(bytes: file.bytes, limits: limits)
    error = try #require(throws: ModelFormatError.self) {
      _ = try planar.values(of: planar.tensors[0], in: planar.contents)
    }
    #expect(error.code == .limitExceeded)
    #expect(error.tensor == "huge")
    #expect(error.expected == "compressed chunks of at most 8388608 bytes")
    #expect(error.found == "1099511627776")
  }

  /// Where every limit is raised, more memory than there is ends in an error, not in a trap.
  @Test func whereEveryLimitIsRaised() throws {
    var file = CraftedFile()
    // Sound by every rule: 2⁶¹ equal bytes.
    file.addTensor("zeros", "u8", [1 << 61], chunkSize: 1 << 61, chunk: planes(1, [(2, [0])]))
    var limits = DecodingLimits()
    limits.totalTensorSize = .max
    limits.chunkSize = .max
    let error = try readingError(file, limits: limits)
    #expect(error.code == .limitExceeded)
    #expect(error.tensor == "zeros")
    #expect(error.expected == "memory for 2305843009213693952 bytes")
    #expect(error.path == "model")
    let reader = try ModelReader(bytes: file.bytes, limits: limits)
    #expect(throws: error) { _ = try reader.tensor(named: "zeros") }
  }

  /// Tensors that fit one by one, and not together, are refused before any of them is loaded.
  @Test func tensorsThatFitOneByOne() throws {
    try #require(AvailableMemory.physical < 1 << 60)
    let size = AvailableMemory.physical / 3
    var file = CraftedFile()
    for number in 0...3 {
      file.addTensor("zeros \(number)", "u8", [size], chunkSize: size, chunk: planes(1, [(2, [0])]))
    }
    var limits = DecodingLimits()
    limits.totalTensorSize = .max
    limits.chunkSize = .max
    let error = try readingError(file, limits: limits)
    #expect(error.code == .limitExceeded)
    #expect(error.tensor == "zeros 3")
    #expect(error.expected == "memory for \(4 * size) bytes")
    #expect(error.path == "model")
  }

  @Test func tensorsWhoseSizesOverflowTogetherAreRefused() throws {
    let large = try TensorDescription(name: "large", dataType: .uint8, shape: [.max])
    let error = try #require(throws: ModelFormatError.self) { try AvailableMemory.check(loading: [large, large]) }
    #expect(error.code == .limitExceeded)
  }

  /// Equal values take next to nothing in the file, and are read however many they are.
  @Test(arguments: Compression.allCases)
  func equalValuesTakeNextToNothingInTheFile(compression: Compression) throws {
    for value in [0, -0.0, 1, .nan] as [Float] {
      let tensor = try Tensor(name: "w", shape: [300_000], values: [Float](repeating: value, count: 300_000))
      let bytes = try Model(topology: nil, tensors: [tensor]).encoded(compression: compression)
      #expect(compression == .none || bytes.count < 500)
      #expect(try decoded(bytes).tensors == [tensor])
    }
  }

  @Test func sizesOfTensorsThatOverflowWhenAddedAreRefused() throws {
    var file = CraftedFile()
    file.addTensor("a", "u8", [Int.max])
    file.addTensor("b", "u8", [Int.max])
    var limits = DecodingLimits()
    limits.totalTensorSize = .max
    let error = try readingError(file, limits: limits)
    #expect(error.code == .limitExceeded)
    #expect(error.tensor == "b")
  }
}
