import Testing

@testable import Pages

struct BitmapTests {
  /// Two rows of three pixels: the lower one first, each filled up to twelve bytes.
  @Test func pixelsStandWhereTheFormatHasThem() {
    let bitmap = Bitmap([1, 2, 3, 4, 5], width: 3) { (UInt8($0), UInt8(10 * $0), UInt8(20 * $0)) }
    let bytes = bitmap.bytes
    #expect(bitmap.width == 3 && bitmap.height == 2)
    #expect(bytes.count == 54 + 24)
    #expect(Array(bytes[0..<6]) == [0x42, 0x4D, 78, 0, 0, 0] && bytes[10] == 54 && bytes[14] == 40)
    #expect(bytes[18] == 3 && bytes[22] == 2 && bytes[26] == 1 && bytes[28] == 24)
    #expect(Array(bytes[54..<66]) == [80, 40, 4, 100, 50, 5, 0, 0, 0, 0, 0, 0])
    #expect(Array(bytes[66..<78]) == [20, 10, 1, 40, 20, 2, 60, 30, 3, 0, 0, 0])
  }

  /// The examples of RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func base64OfKnownTexts(text: String, expected: String) { #expect(Bitmap.base64(Array(text.utf8)) == expected) }

  @Test func greysAndSignsHaveTheirColours() {
    let greys = ImageGrid.Image(greys: [0, 0.5, 1, 2, -1, .nan], width: 6, caption: "").bitmap.bytes[54...]
    #expect(stride(from: 54, to: 72, by: 3).map { greys[$0] } == [0, 128, 255, 255, 0, 0])
    let signed = ImageGrid.Image(signed: [0, -2, 1], width: 3, scale: 1, caption: "").bitmap.bytes[54..<63]
    #expect(Array(signed) == [247, 247, 247, 168, 95, 31, 28, 54, 181])
    #expect(ImageGrid.Image(signed: [0], width: 1, scale: 0, caption: "").bitmap.bytes[54] == 247)
  }
}
