import BinaryIO
import TestSupport
import Testing

@testable import ModelFormat

struct BytePlanesTests {
  static let sizes = [1, 2, 4, 8]
  static let counts = [0, 1, 2, 3, 7, 8, 15, 16, 31, 33, 64, 1000, 4099]

  /// `shift` moves the source away from an aligned address.
  private func split(_ bytes: [UInt8], size: Int, rotating: Bool, shift: Int = 0) -> [UInt8] {
    let shifted = [UInt8](repeating: 0xEE, count: shift) + bytes
    return shifted.withUnsafeBytes { source in
      // Lock by bytes that must stay what they are.
      var planes = [UInt8](repeating: 0xEE, count: bytes.count + 16)
      planes.withUnsafeMutableBufferPointer { output in
        guard let from = source.baseAddress, let to = output.baseAddress else { return }
        BytePlanes.split(from + shift, count: bytes.count / size, size: size, rotating: rotating, into: to)
      }
      #expect(planes[bytes.count...].allSatisfy { $0 == 0xEE })
      return Array(planes[..<bytes.count])
    }
  }

  private func merge(_ planes: [UInt8], size: Int, rotating: Bool, shift: Int = 0) -> [UInt8] {
    let count = planes.count / size
    var output = [UInt8](repeating: 0xEE, count: shift + planes.count + 16)
    planes.withUnsafeBufferPointer { source in
      output.withUnsafeMutableBytes { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        BytePlanes.merge(
          (0..<size).map { from + $0 * count }, count: count, rotating: rotating, into: to + shift)
      }
    }
    #expect((output[..<shift] + output[(shift + planes.count)...]).allSatisfy { $0 == 0xEE })
    return Array(output[shift..<shift + planes.count])
  }

  @Test(arguments: sizes, [false, true])
  func whatIsSplitIsMergedAgainWhereverItStands(size: Int, rotating: Bool) {
    var random = SplitMix64(seed: UInt64(size))
    for count in BytePlanesTests.counts {
      let bytes = random.bytes(count * size)
      for shift in [0, 1, 3] {
        let planes = split(bytes, size: size, rotating: rotating, shift: shift)
        #expect(planes.sorted() == bytes.sorted() || rotating)
        #expect(merge(planes, size: size, rotating: rotating, shift: shift) == bytes)
      }
    }
  }

  /// Planes by hand: the most significant byte first, the sign at the very end.
  @Test func planesHaveTheMostSignificantByteFirstAndTheSignAtTheVeryEnd() {
    // 1.0 is 0x3F800000, −2.0 is 0xC0000000; rotated left by one bit: 0x7F000000 and 0x80000001.
    let floats: [UInt8] = [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]
    #expect(split(floats, size: 4, rotating: true) == [0x7F, 0x80, 0, 0, 0, 0, 0, 1])
    #expect(split(floats, size: 4, rotating: false) == [0x3F, 0xC0, 0x80, 0, 0, 0, 0, 0])
    #expect(split([1, 2, 3, 4], size: 2, rotating: false) == [2, 4, 1, 3])
    #expect(split([0x81, 0x40], size: 1, rotating: true) == [0x03, 0x80])
    #expect(split([0x01, 0x80, 0, 0x40], size: 2, rotating: true) == [0x00, 0x80, 0x03, 0x00])
    #expect(split([1, 2, 3], size: 1, rotating: false) == [1, 2, 3])
    #expect(
      split([8, 7, 6, 5, 4, 3, 2, 0x81], size: 8, rotating: true)
        == [0x02, 0x04, 0x06, 0x08, 0x0A, 0x0C, 0x0E, 0x11])
  }

  @Test func every16BitPatternSurvivesRotation() {
    let bytes = (0...UInt16.max).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    for rotating in [false, true] {
      let planes = split(bytes, size: 2, rotating: rotating)
      #expect(merge(planes, size: 2, rotating: rotating) == bytes)
    }
  }

  @Test(.enabled(if: Python.isAvailable))
  func theSamePlanesAsAFewLinesOfPythonMake() throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64(seed: 77)
    let bytes = random.bytes(8 * 501)
    try folder.write(bytes, to: "bytes")
    for size in BytePlanesTests.sizes {
      for rotating in [false, true] where size > 1 || !rotating {
        try folder.write(split(bytes, size: size, rotating: rotating), to: "\(size)\(rotating)")
      }
    }
    let script = """
      data = open("bytes", "rb").read()
      for size in (1, 2, 4, 8):
          width = 8 * size
          elements = [int.from_bytes(data[i:i + size], "little") for i in range(0, len(data), size)]
          for rotating in (False, True):
              if rotating and size == 1:
                  continue
              if rotating:
                  elements = [(e << 1) % (1 << width) + (e >> (width - 1)) for e in elements]
              planes = b"".join(bytes(e >> s & 255 for e in elements) for s in range(width - 8, -1, -8))
              assert planes == open(f"{size}{str(rotating).lower()}", "rb").read(), (size, rotating)
      print("same")
      """
    #expect(try Python.run(script, in: folder) == "same\n")
  }
}
