/// Pixels as a file that a page can hold: 24 bits each, uncompressed (BMP, header BITMAPINFOHEADER of 40 bytes).
struct Bitmap: Sendable {
  let width: Int
  let height: Int
  /// Blue, green and red of each pixel; rows from the bottom up, each filled up to a multiple of four bytes.
  private let pixels: [UInt8]

  /// - Parameters:
  ///   - values: Row by row from the top; what is missing of the last row is black. At least one, or the picture is empty.
  ///   - width: The values of a row, at least 1.
  ///   - color: Red, green and blue of a value.
  init(_ values: [Double], width: Int, color: (Double) -> (red: UInt8, green: UInt8, blue: UInt8)) {
    let width = max(width, 1)
    let height = (values.count + width - 1) / width
    var pixels: [UInt8] = []
    pixels.reserveCapacity(height * (3 * width + 3))
    for row in (0..<height).reversed() {
      for column in 0..<width {
        let index = row * width + column
        let (red, green, blue) = index < values.count ? color(values[index]) : (0, 0, 0)
        pixels += [blue, green, red]
      }
      while !pixels.count.isMultiple(of: 4) { pixels.append(0) }
    }
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  /// The file.
  var bytes: [UInt8] {
    let header = 54
    return Array("BM".utf8) + Self.littleEndian(header + pixels.count) + Self.littleEndian(0)
      + Self.littleEndian(header) + Self.littleEndian(40) + Self.littleEndian(width) + Self.littleEndian(height)
      // One plane of 24 bits, not compressed; size, resolution and colour table as they come.
      + [1, 0, 24, 0] + [UInt8](repeating: 0, count: 24) + pixels
  }

  var dataURI: String { "data:image/bmp;base64," + Self.base64(bytes) }

  private static func littleEndian(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// RFC 4648, section 4.
  static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 3 * 4 + 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(bytes[start + $1]) : 0) }
      for place in 0..<4 {
        text.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
