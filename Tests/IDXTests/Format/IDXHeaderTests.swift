import IDX
import Testing

@Suite struct IDXHeaderTests {
  @Test func elementTypesHaveTheirCodesAndSizes() {
    let table: [(IDXElementType, UInt8, Int, Bool)] = [
      (.uint8, 0x08, 1, true), (.int8, 0x09, 1, true), (.int16, 0x0B, 2, true), (.int32, 0x0C, 4, true),
      (.float32, 0x0D, 4, false), (.float64, 0x0E, 8, false),
    ]
    #expect(table.map { $0.0 } == IDXElementType.allCases)
    for (type, code, size, isInteger) in table {
      #expect(type.rawValue == code)
      #expect(type.byteSize == size)
      #expect(type.isInteger == isInteger)
    }
  }

  @Test func sizesFollowFromTheDimensions() throws {
    let header = try IDXHeader(elementType: .float32, dimensions: [60_000, 28, 28])
    #expect(header.rank == 3)
    #expect(header.itemCount == 60_000)
    #expect(header.elementsPerItem == 784)
    #expect(header.elementCount == 47_040_000)
    #expect(header.bytesPerItem == 3136)
    #expect(header.byteCount == 188_160_000)
    #expect(header.headerByteCount == 16)
    #expect(header.fileByteCount == 188_160_016)
    #expect(header.description == "60000 × 28 × 28 float32")
    let labels = try IDXHeader(elementType: .uint8, dimensions: [5])
    #expect(labels.elementsPerItem == 1)
    #expect(labels.fileByteCount == 13)
  }

  @Test func zeroLengthsAreAllowed() throws {
    let none = try IDXHeader(elementType: .int16, dimensions: [0, 28, 28])
    #expect(none.itemCount == 0 && none.elementsPerItem == 784 && none.byteCount == 0)
    let empty = try IDXHeader(elementType: .int16, dimensions: [4, 0])
    #expect(empty.itemCount == 4 && empty.elementsPerItem == 0 && empty.byteCount == 0)
  }

  @Test func ranksOutOfRangeAreRefused() throws {
    expectError(.invalidRank, offset: 3, expected: "1 to 255 dimensions", found: "0 dimensions") {
      _ = try IDXHeader(elementType: .uint8, dimensions: [])
    }
    expectError(.invalidRank, offset: 3, expected: "1 to 255 dimensions", found: "256 dimensions") {
      _ = try IDXHeader(elementType: .uint8, dimensions: [Int](repeating: 1, count: 256))
    }
    #expect(try IDXHeader(elementType: .uint8, dimensions: [Int](repeating: 1, count: 255)).rank == 255)
  }

  @Test func lengthsOutOfRangeAreRefused() throws {
    expectError(
      .dimensionOverflow, offset: 8, expected: "a dimension from 0 to 4294967295", found: "-1"
    ) { _ = try IDXHeader(elementType: .uint8, dimensions: [3, -1]) }
    expectError(
      .dimensionOverflow, offset: 4, expected: "a dimension from 0 to 4294967295", found: "4294967296"
    ) { _ = try IDXHeader(elementType: .uint8, dimensions: [1 << 32]) }
    #expect(try IDXHeader(elementType: .uint8, dimensions: [1 << 32 - 1]).itemCount == 1 << 32 - 1)
  }

  @Test(
    arguments: [
      // The product, the product times eight bytes, and the size of one item among no items.
      (.uint8, [4_294_967_295, 4_294_967_295], "4294967295 × 4294967295 elements of uint8"),
      (.float64, [2_147_483_648, 1_073_741_824], "2147483648 × 1073741824 elements of float64"),
      (
        .uint8, [0, 4_294_967_295, 4_294_967_295],
        "0 × 4294967295 × 4294967295 elements of uint8"
      ),
      (.float64, [0, 2_147_483_648, 1_073_741_824], "0 × 2147483648 × 1073741824 elements of float64"),
      // Exactly Int.max bytes of elements leave no room for the header.
      (.uint8, [3_969_050_863, 2_323_823_089], "3969050863 × 2323823089 elements of uint8"),
    ] as [(IDXElementType, [Int], String)])
  func sizesOutOfRangeAreRefused(type: IDXElementType, dimensions: [Int], found: String) {
    expectError(
      .dimensionOverflow, offset: 4, expected: "at most 9223372036854775807 bytes in total", found: found
    ) { _ = try IDXHeader(elementType: type, dimensions: dimensions) }
  }
}
