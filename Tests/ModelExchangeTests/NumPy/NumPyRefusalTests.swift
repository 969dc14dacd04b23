import BinaryIO
import NPY
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// Arrays and archives of NumPy that break the rules are refused, with the place and the evidence.
struct NumPyRefusalTests {
  private static func header(_ type: NPYElementType, _ shape: [Int]) throws -> [UInt8] {
    try NPYHeader(elementType: type, shape: shape).encoded
  }

  private static func npy(_ text: String) -> [UInt8] {
    NPYHeader.signature + [1, 0, UInt8(text.utf8.count), 0] + Array(text.utf8)
  }

  @Test func `an array of another size than its file`() throws {
    let short = try readingError(try NumPyRefusalTests.header(.int16, [3]) + [1, 2, 3, 4])
    #expect(short.code == .truncated && short.expected == "6 bytes of elements" && short.found == "4")
    #expect(short.tensor == "array" && short.advice == "the file is damaged: copy or download it again")
    let long = try readingError(try NumPyRefusalTests.header(.int16, [1]) + [1, 2, 3, 4])
    #expect(long.code == .trailingBytes && long.expected == "2 bytes of elements" && long.found == "4")
    #expect(long.advice == "the file is damaged, or holds several arrays: save them together with numpy.savez")
  }

  @Test func `a header that is wrong, with its place`() throws {
    let error = try readingError(NumPyRefusalTests.npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"))
    #expect(error.code == .unsupported && error.section == "header" && error.offset == 10)
    #expect(
      error.description == "model: not supported (section header, tensor \"array\", offset 10): expected numbers or "
        + "booleans, found \"|O\", Python objects, which are pickled; it is not read, because reading it would run code: "
        + "save arrays of numbers")
    let other = try readingError(NumPyRefusalTests.npy("{'descr': '<f4'}"))
    #expect(other.code == .malformedValue && other.offset == 10)
    let cut = try readingError(Array(NumPyRefusalTests.npy("{'descr': '<f4'}").prefix(20)))
    #expect(cut.code == .truncated && cut.offset == 20)
  }

  @Test func `a boolean that is neither 0 nor 1`() throws {
    let error = try readingError(try NumPyRefusalTests.header(.boolean, [3]) + [0, 1, 2])
    #expect(error.code == .invalidTensor && error.found == "2 for element 2" && error.tensor == "array")
  }

  @Test func `more dimensions or bytes than may be`() throws {
    let deep = try readingError(try NumPyRefusalTests.header(.uint8, [Int](repeating: 1, count: 33)) + [1])
    #expect(deep.code == .limitExceeded && deep.expected == "at most 32 dimensions")
    var limits = DecodingLimits()
    limits.totalTensorSize = 3
    let large = try readingError(try NumPyRefusalTests.header(.uint8, [4]) + [1, 2, 3, 4], limits: limits)
    #expect(large.code == .limitExceeded && large.expected == "at most 3 bytes of tensors")
    limits = DecodingLimits()
    limits.tensorCount = 1
    let many = try readingError(
      ZipBytes(try ["a.npy", "b.npy"].map { .init($0, try NumPyRefusalTests.header(.uint8, [0])) }).bytes,
      limits: limits)
    #expect(many.code == .limitExceeded && many.expected == "at most 1 tensors")
  }

  @Test func `members of an archive that are wrong are named`() throws {
    let objects = NumPyRefusalTests.npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }")
    let error = try readingError(ZipBytes([.init("layer/w.npy", objects)]).bytes)
    #expect(error.code == .unsupported && error.tensor == "layer/w")
    let empty = try readingError(ZipBytes([.init("w.npy", [])]).bytes)
    #expect(empty.code == .malformedValue && empty.tensor == "w" && empty.found == "no bytes")
    let nameless = try readingError(ZipBytes([.init(".npy", try NumPyRefusalTests.header(.uint8, [0]))]).bytes)
    #expect(nameless.code == .invalidTensor && nameless.found == "0 bytes")
  }

  private static func text(_ text: String, named name: String = "__metadata__.npy") -> ZipBytes.Member {
    .init(name, NPYText.encoded(text))
  }

  @Test func `text that is wrong`() throws {
    let cases: [(members: [ZipBytes.Member], code: ModelFormatError.Code, found: String)] = [
      ([NumPyRefusalTests.text("{\"a\":1}")], .malformedValue, "'1'"),
      ([NumPyRefusalTests.text("{\"a\":\"1\",\"a\":\"1\"}")], .malformedValue, "\"a\" twice"),
      ([NumPyRefusalTests.text("{} ")], .malformedValue, "' '"),
      ([NumPyRefusalTests.text("{\"nnkit.topology\":\"[]\"}")], .invalidField, "an array"),
      (
        [NumPyRefusalTests.text("{\"k\":\"1\"}"), NumPyRefusalTests.text("2", named: "k.npy")], .malformedValue,
        "\"k\" in both"
      ),
      ([.init("t.npy", Array(NPYText.encoded("ab").dropLast()))], .malformedValue, "7"),
      ([.init("t.npy", NPYText.encoded("ab").dropLast(4) + [0, 0xD8, 0, 0])], .malformedValue, "code 55296"),
    ]
    for (members, code, found) in cases {
      let error = try readingError(ZipBytes(members).bytes)
      #expect(error.code == code && error.found.hasPrefix(found), "\(error)")
    }
    var limits = DecodingLimits()
    limits.structuredSectionSize = 1000
    let error = try readingError(
      ZipBytes([NumPyRefusalTests.text(String(repeating: "x", count: 300))]).bytes, limits: limits)
    #expect(error.code == .limitExceeded && error.expected == "at most 1000 bytes of text")
  }

  @Test func `text of another program under our name is metadata like any other`() throws {
    let reader = try ModelFiles.open(bytes: ZipBytes([NumPyRefusalTests.text("a note")]).bytes)
    #expect(reader.metadata == ["__metadata__": "a note"])
  }

  @Test func `arrays of ten gigabytes are listed at once`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(try NumPyRefusalTests.header(.float32, [10 << 18, 1024]), to: "large.npy")
    try SparseFile.extend(path, by: 10 << 30)
    #expect(try ModelFiles.open(path).tensors.map(\.byteCount) == [10 << 30])
    // Stored in an archive, which needs 64 bits for its sizes.
    let archive = try LargeArchive.write(
      name: "w.npy", start: try NumPyRefusalTests.header(.float32, [10 << 18, 1024]), zeros: 10 << 30,
      to: folder.file("large.npz"))
    let reader = try ModelFiles.open(archive)
    #expect(reader.tensors.map(\.byteCount) == [10 << 30] && reader.fileSize > 10 << 30)
  }
}

/// An archive with a member of many gigabytes of zeros that take no room.
enum LargeArchive {
  static func write(name: String, start: [UInt8], zeros: Int, to path: String) throws -> String {
    let (before, after) = try parts(name: name, start: start, zeros: zeros)
    var file = try AtomicFileWriter.create(path: path, replacing: true)
    try before.withBytes { (buffer) throws(FileError) in try file.write(buffer) }
    try file.commit()
    try SparseFile.extend(path, by: zeros)
    try SparseFile.append(after, to: path)
    return path
  }

  private static func parts(name: String, start: [UInt8], zeros: Int) throws -> ([UInt8], [UInt8]) {
    let size = start.count + zeros
    var header = ByteWriter()
    header.writeLittleEndian(UInt32(0x0403_4B50))
    header.writeLittleEndian(UInt16(45))
    header.writeLittleEndian(UInt32(0))
    header.writeLittleEndian(UInt32(0x0021_0000))
    header.writeLittleEndian(UInt32(0))
    header.writeLittleEndian(UInt64.max)
    header.writeLittleEndian(UInt16(name.utf8.count))
    header.writeLittleEndian(UInt16(20))
    header.write(name.utf8)
    header.writeLittleEndian(UInt16(1))
    header.writeLittleEndian(UInt16(16))
    for _ in 0..<2 { header.writeLittleEndian(UInt64(size)) }
    header.write(start)
    let directory = header.bytes.count + zeros
    var entry = ByteWriter()
    entry.writeLittleEndian(UInt32(0x0201_4B50))
    entry.writeLittleEndian(UInt32(45 << 16 | 45))
    entry.writeLittleEndian(UInt32(0))
    entry.writeLittleEndian(UInt32(0x0021_0000))
    entry.writeLittleEndian(UInt32(0))
    entry.writeLittleEndian(UInt64.max)
    entry.writeLittleEndian(UInt16(name.utf8.count))
    entry.writeLittleEndian(UInt16(20))
    entry.write([UInt8](repeating: 0, count: 14))
    entry.write(name.utf8)
    entry.writeLittleEndian(UInt16(1))
    entry.writeLittleEndian(UInt16(16))
    for _ in 0..<2 { entry.writeLittleEndian(UInt64(size)) }
    let entrySize = entry.bytes.count
    entry.writeLittleEndian(UInt32(0x0606_4B50))
    entry.writeLittleEndian(UInt64(44))
    entry.writeLittleEndian(UInt32(45 << 16 | 45))
    entry.writeLittleEndian(UInt64(0))
    for number in [1, 1, entrySize, directory] { entry.writeLittleEndian(UInt64(number)) }
    entry.writeLittleEndian(UInt32(0x0706_4B50))
    entry.writeLittleEndian(UInt32(0))
    entry.writeLittleEndian(UInt64(directory + entrySize))
    entry.writeLittleEndian(UInt32(1))
    entry.writeLittleEndian(UInt32(0x0605_4B50))
    entry.writeLittleEndian(UInt32(0))
    for _ in 0..<2 { entry.writeLittleEndian(UInt16(1)) }
    entry.writeLittleEndian(UInt32(entrySize))
    entry.writeLittleEndian(UInt32.max)
    entry.writeLittleEndian(UInt16(0))
    return (header.bytes, entry.bytes)
  }
}
