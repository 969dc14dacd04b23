import Testing

@testable import Pages

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct ColorMapTests {
  /// CIE L* of an sRGB colour, which the map was not built with.
  private func lightness(_ components: [Int]) -> Double {
    let linear = components.map { component in
      let value = Double(component) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    let luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return luminance > 0.008856 ? 116 * cbrt(luminance) - 16 : 903.3 * luminance
  }

  @Test func lightnessGrowsInEqualSteps() {
    for map in [ColorMap.light, .dark] {
      let values = (0...20).map { lightness(map.components(Double($0) / 20)) }
      let steps = zip(values, values.dropFirst()).map { $1 - $0 }
      let mean = steps.reduce(0, +) / 20
      #expect(mean > 2.5)
      #expect(steps.allSatisfy { $0 > 0.5 * mean && $0 < 1.5 * mean })
    }
    let (light, dark) = (ColorMap.light, ColorMap.dark)
    #expect(lightness(dark.components(1)) < lightness(light.components(1)))
  }

  @Test func coloursAreWrittenInHexadecimal() {
    #expect(ColorMap(lightness: 0...1).hexadecimal(0) == "#000000")
    for fraction in [-1, 0, 0.3, 1, 7] {
      let text = ColorMap.light.hexadecimal(fraction)
      #expect(text.count == 7 && text.dropFirst().allSatisfy(\.isHexDigit))
      let digits = text.dropFirst()
      #expect(Int(digits, radix: 16) == ColorMap.light.components(fraction).reduce(0) { $0 * 256 + $1 })
    }
  }

  @Test func markupIsEscaped() {
    #expect(Markup.escaped("<b a='1'>\"&\u{1B}") == "&lt;b a=&#39;1&#39;&gt;&quot;&amp;\\u{1b}")
    #expect(Markup.number("-1e-05") == "−1e−05")
  }
}
