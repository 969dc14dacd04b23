import NPY
import TestSupport
import Testing

struct ArrayTests {
  private func array(_ dictionary: String, _ elements: [UInt8], version: (UInt8, UInt8) = (1, 0)) throws -> NPYArray {
    let folder = try TemporaryFolder()
    try folder.write(NPYBytes.file(dictionary, elements, version: version), to: "array.npy")
    return try NPYArray(contentsOf: folder.file("array.npy"))
  }

  @Test func everyVersionOfTheFormatIsRead() throws {
    for version in [(1, 0), (2, 0), (3, 0)] as [(UInt8, UInt8)] {
      let array = try array(NPYBytes.dictionary("<i2", "(3,)"), [1, 0, 0, 1, 0xFF, 0xFF], version: version)
      #expect(try array.elements(as: Int.self) == [1, 256, -1])
      #expect(array.header.shape == [3])
    }
  }

  @Test func theMostSignificantByteMayComeFirst() throws {
    let array = try array(NPYBytes.dictionary(">i2", "(3,)"), [0, 1, 1, 0, 0xFF, 0xFF])
    #expect(try array.elements(as: Int.self) == [1, 256, -1])
    let complex = try self.array(NPYBytes.dictionary(">c8", "(1,)"), [0x3F, 0x80, 0, 0, 0x40, 0, 0, 0])
    #expect(complex.bytes == [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40])
  }

  @Test func fortranOrderBecomesRowMajor() throws {
    // [[1, 2, 3], [4, 5, 6]], stored column by column.
    let matrix = try array(NPYBytes.dictionary("|u1", "(2, 3)", fortran: true), [1, 4, 2, 5, 3, 6])
    #expect(matrix.bytes == [1, 2, 3, 4, 5, 6])
    #expect(!matrix.header.isFortranOrder)
    let empty = try array(NPYBytes.dictionary("<f8", "(0, 3)", fortran: true), [])
    #expect(try empty.elements(as: Double.self).isEmpty)
  }

  @Test func fortranOrderIsReadItemByItem() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      NPYBytes.file(NPYBytes.dictionary("|u1", "(3, 2)", fortran: true), [1, 3, 5, 2, 4, 6]), to: "array.npy")
    var reader = try NPYReader(path: folder.file("array.npy"))
    #expect(try reader.readItems(maximumCount: 2)?.bytes == [1, 2, 3, 4])
    #expect(try reader.readItems(maximumCount: 2)?.bytes == [5, 6])
    #expect(try reader.readItems(maximumCount: 2) == nil)
  }

  @Test func aSingleNumberHasNoAxis() throws {
    let number = try array(NPYBytes.dictionary("<f4", "()"), [0, 0, 0x80, 0x3F])
    #expect(number.header.shape == [])
    #expect(number.header.itemCount == 1)
    #expect(try number.elements(as: Float.self) == [1])
  }

  @Test func keysMayComeInAnyOrderWithAnySpace() throws {
    let array = try array("{ 'shape' :(2L ,) ,\"fortran_order\":False,'descr':'|b1'}", [0, 1])
    #expect(try array.elements(as: Int.self) == [0, 1])
  }

  @Test func integersAreExactOrRefused() throws {
    let large = try array(NPYBytes.dictionary("<u8", "(1,)"), [UInt8](repeating: 0xFF, count: 8))
    let error = #expect(throws: NPYError.self) { try large.elements(as: Int.self) }
    #expect(error?.code == .outOfRange)
    #expect(error?.found == "18446744073709551615 at index 0")
    let fraction = try array(NPYBytes.dictionary("<f2", "(1,)"), [0, 0x3C])
    #expect(throws: NPYError.self) { try fraction.elements(as: Int.self) }
    #expect(try fraction.elements(as: Double.self) == [1])
  }

  @Test func whatIsWrittenIsReadAndNothingIsReplacedUnasked() throws {
    var random = SplitMix64(seed: 7)
    let folder = try TemporaryFolder()
    for type in NPYElementType.allCases {
      for shape in [[], [0], [5], [2, 0, 3], [3, 4], [2, 3, 2]] {
        let count = shape.reduce(1, *) * type.byteSize
        let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next() >> 11) & (type == .boolean ? 1 : 255)
        }
        let array = try NPYArray(elementType: type, shape: shape, bytes: bytes)
        let path = folder.file("array.npy")
        try array.write(to: path, replacing: true)
        #expect(try NPYArray(contentsOf: path) == array)
        #expect(try folder.read("array.npy").count % 64 == count % 64)
        let error = #expect(throws: NPYError.self) { try array.write(to: path, replacing: false) }
        #expect(error?.fileError?.reason == .alreadyExists)
      }
    }
  }

  @Test func asManyBytesAsTheShapeAsksForAreNeeded() {
    let error = #expect(throws: NPYError.self) {
      try NPYArray(elementType: .float32, shape: [2, 2], bytes: [1, 2, 3])
    }
    #expect(error?.expected == "16 bytes ((2, 2) float32)")
    #expect(error?.found == "3 bytes")
  }
}
