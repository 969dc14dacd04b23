import IDX
import Testing

@Suite struct IDXArrayTests {
  @Test func bytesAreTheElements() throws {
    let pixels = try IDXArray(dimensions: [2, 2], elements: [0, 1, 128, 255] as [UInt8])
    #expect(pixels.header.elementType == .uint8)
    #expect(pixels.header.dimensions == [2, 2])
    #expect(pixels.bytes == [0, 1, 128, 255])
    let wide = try IDXArray(dimensions: [1], elements: [0x0102_0304] as [Int32])
    #expect(wide.bytes == withUnsafeBytes(of: Int32(0x0102_0304)) { Array($0) })
  }

  @Test func anotherNumberOfElementsIsRefused() {
    expectError(.elementCountMismatch, expected: "6 elements (2 × 3 int16)", found: "5 elements") {
      _ = try IDXArray(dimensions: [2, 3], elements: [Int16](repeating: 0, count: 5))
    }
    expectError(.elementCountMismatch, expected: "0 elements (0 × 3 uint8)", found: "1 elements") {
      _ = try IDXArray(dimensions: [0, 3], elements: [1] as [UInt8])
    }
  }

  private struct TooSmall: IDXElement {
    static var idxElementType: IDXElementType { .float64 }
    var value: UInt8 = 0
  }

  @Test func aTypeOfAnotherSizeIsRefused() {
    expectError(.wrongElementType, expected: "elements of 8 bytes (float64)", found: "TooSmall of 1 bytes") {
      _ = try IDXArray(dimensions: [1], elements: [TooSmall()])
    }
  }

  @Test func integersConvertExactly() throws {
    let cases: [(IDXArray, [Int])] = [
      (try IDXArray(dimensions: [2], elements: [UInt8.min, .max]), [0, 255]),
      (try IDXArray(dimensions: [3], elements: [Int8.min, -1, .max]), [-128, -1, 127]),
      (try IDXArray(dimensions: [3], elements: [Int16.min, -1, .max]), [-32768, -1, 32767]),
      (try IDXArray(dimensions: [3], elements: [Int32.min, -1, .max]), [-2_147_483_648, -1, 2_147_483_647]),
    ]
    for (array, expected) in cases {
      #expect(try array.elements(as: Int.self) == expected)
      #expect(array.elements(as: Double.self) == expected.map { Double($0) })
      #expect(array.elements(as: Float.self) == expected.map { Float($0) })
    }
  }

  @Test func floatsConvertToEitherPrecision() throws {
    let single: [Float] = [0.1, -0.0, .infinity, .leastNonzeroMagnitude, 16_777_216]
    let array = try IDXArray(dimensions: [5], elements: single)
    #expect(array.elements(as: Float.self) == single)
    #expect(array.elements(as: Double.self) == single.map { Double($0) })
    #expect(array.elements(as: Float.self)[1].sign == .minus)
    let double = try IDXArray(dimensions: [3], elements: [0.1, 1e300, -.infinity] as [Double])
    #expect(double.elements(as: Double.self) == [0.1, 1e300, -.infinity])
    #expect(double.elements(as: Float.self) == [0.1, .infinity, -.infinity])
    let notANumber = try IDXArray(dimensions: [1], elements: [Double.nan])
    #expect(notANumber.elements(as: Float.self)[0].isNaN)
  }

  @Test func floatsDoNotConvertToIntegers() throws {
    for (array, name) in [
      (try IDXArray(dimensions: [1], elements: [1] as [Float]), "float32"),
      (try IDXArray(dimensions: [1], elements: [1] as [Double]), "float64"),
    ] {
      expectError(
        .wrongElementType, offset: 2, expected: "an integer type (uint8, int8, int16 or int32)", found: name
      ) { _ = try array.elements(as: Int.self) }
    }
  }
}
