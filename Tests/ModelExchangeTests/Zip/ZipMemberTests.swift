import BinaryIO
import NPY
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// Members of zip archives are read from any place on, with bounded memory.
struct ZipMemberTests {
  /// Bytes that compress somewhat, so that places in the stream lie anywhere in a byte; what repeats lies too far apart for
  /// DEFLATE to see.
  private static func content(_ count: Int) -> [UInt8] {
    var random = SplitMix64(seed: 21)
    let block = random.bytes(97_003).map { $0 & 0x1F }
    var content: [UInt8] = []
    while content.count < count { content += block.prefix(count - content.count) }
    return content
  }

  private static func region(_ members: [ZipBytes.Member], _ place: Int = 0) throws -> ZipMember {
    try ZipArchive(MemorySource(ZipBytes(members).bytes, name: "zip"), limits: DecodingLimits()).member(at: place)
  }

  private static func bytes(_ region: some ByteRegion, _ start: Int, _ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0xA5, count: count)
    try bytes.withMutableBytes { (buffer) throws(ModelFormatError) in try region.read(at: start, into: buffer) }
    return bytes
  }

  @Test func `a large deflated member is read from any place on`() throws {
    let content = ZipMemberTests.content(11_000_003)
    let member = try ZipMemberTests.region([.deflated("x", content)])
    #expect(member.byteCount == content.count && member.pieceSize == 1 << 20)
    var random = SplitMix64(seed: 22)
    for round in 0..<60 {
      let start = Int.random(in: 0...content.count, using: &random)
      let count = min(Int.random(in: 0...300_000, using: &random), content.count - start)
      let isRight = try ZipMemberTests.bytes(member, start, count) == Array(content[start..<start + count])
      #expect(isRight, "\(count) bytes at \(start) in round \(round)")
    }
    let isWhole = try ZipMemberTests.bytes(member, 0, content.count) == content
    #expect(isWhole)
  }

  @Test func `several threads read one member at once`() throws {
    let content = ZipMemberTests.content(9_000_001)
    let member = try ZipMemberTests.region([.deflated("x", content)])
    let values = ArrangedValues(
      Arrangement(
        region: member, start: 0, layout: try #require(StridedLayout(shape: [content.count], elementSize: 1)),
        wordSize: 1), try TensorDescription(name: "x", dataType: .uint8, shape: [content.count]))
    let tensor = try Tensor(TensorDescription(name: "x", dataType: .uint8, shape: [content.count]), values, threads: 5)
    let isRight = tensor.bytes == content
    #expect(isRight)
  }

  @Test func `members come and go, and are the same again`() throws {
    // Together they are larger than what is kept inflated.
    let contents = (0..<9).map { number in ZipMemberTests.content(3_900_000 + number) }
    let archive = try ZipArchive(
      MemorySource(ZipBytes(contents.map { try .deflated("\($0.count)", $0) }).bytes, name: "zip"),
      limits: DecodingLimits())
    let members = contents.indices.map { archive.member(at: $0) }
    for round in 0..<2 {
      for (member, content) in zip(members, contents) {
        let place = 1_000_000 + round
        let isRight = try ZipMemberTests.bytes(member, place, 1000) == Array(content[place..<place + 1000])
        #expect(isRight)
      }
    }
  }

  @Test func `opening and listing reads directory and headers alone`() throws {
    let large = try NPYHeader(elementType: .uint8, shape: [5_000_000]).encoded + ZipMemberTests.content(5_000_000)
    let archive = ZipBytes([.init("a.npy", large), try .deflated("b.npy", large)])
    let source = CountingSource(archive.bytes)
    let reader = try FileFormat.open(source, among: ModelFiles.formats, limits: DecodingLimits())
    #expect(reader.tensors.map(\.shape) == [[5_000_000], [5_000_000]])
    // A piece of the deflated member is read for its header.
    #expect(source.bytesRead < 140_000)
  }

  @Test func `a member that is cut after the directory was read is an error`() throws {
    let folder = try TemporaryFolder()
    let archive = ZipBytes([
      .init("a.npy", try NPYHeader(elementType: .uint8, shape: [1000]).encoded + [UInt8](repeating: 1, count: 1000))
    ])
    let path = try folder.write(archive.bytes, to: "model.npz")
    let reader = try ModelFiles.open(path)
    try folder.write(Array(archive.bytes[..<500]), to: "model.npz")
    let error = try #require(throws: ModelFormatError.self) { try reader.tensor(named: "a") }
    #expect(error.code == .truncated && error.tensor == "a" && error.path == path)
  }
}
