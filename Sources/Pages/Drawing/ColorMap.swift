#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Colours from deep blue over green to sand, in equal steps of perceived lightness.
///
/// Lightness alone orders them, so that they stay in order for eyes that tell fewer hues apart, and in print without
/// colour. Built in OKLCH (Ottosson, "A perceptual color space for image processing", 2020): lightness grows linearly,
/// the hue turns from 272° to 88°, and chroma is taken back where the screen has no such colour.
struct ColorMap {
  /// Lightness at both ends, from 0 to 1.
  let lightness: ClosedRange<Double>

  /// For a light page.
  static let light = ColorMap(lightness: 0.30...0.95)
  /// For a dark page, on which the brightest colours would glare.
  static let dark = ColorMap(lightness: 0.24...0.86)

  /// The colour at a fraction from 0 to 1, as `#rrggbb`.
  func hexadecimal(_ fraction: Double) -> String {
    "#"
      + components(fraction).map { component in
        let digits = String(component, radix: 16)
        return digits.count < 2 ? "0" + digits : digits
      }.joined()
  }

  /// Red, green and blue from 0 to 255.
  func components(_ fraction: Double) -> [Int] {
    let part = min(max(fraction, 0), 1)
    let light = lightness.lowerBound + part * (lightness.upperBound - lightness.lowerBound)
    let hue = (272 - 184 * part) * .pi / 180
    var chroma = 0.125 - 0.14 * part + 0.09 * part * part
    while true {
      let color = Self.linear(light, chroma * cos(hue), chroma * sin(hue))
      if chroma <= 0 || color.allSatisfy({ (0...1).contains($0) }) {
        return color.map { Int((Self.encoded(min(max($0, 0), 1)) * 255).rounded()) }
      }
      chroma = max(chroma - 0.002, 0)
    }
  }

  /// From OKLab to linear sRGB.
  private static func linear(_ lightness: Double, _ a: Double, _ b: Double) -> [Double] {
    let long = lightness + 0.3963377774 * a + 0.2158037573 * b
    let medium = lightness - 0.1055613458 * a - 0.0638541728 * b
    let short = lightness - 0.0894841775 * a - 1.2914855480 * b
    let (l, m, s) = (long * long * long, medium * medium * medium, short * short * short)
    return [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    ]
  }

  private static func encoded(_ linear: Double) -> Double {
    linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055
  }
}
