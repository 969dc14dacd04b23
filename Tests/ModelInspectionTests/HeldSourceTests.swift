import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

struct HeldSourceTests {
  private func tensors() throws -> [Tensor] {
    try (0..<3).map { try tensor(Oracle.numbers(100, salt: $0, scale: 8), name: "w\($0)", shape: [10, 10]) }
      + [tensor([Double](repeating: 0.5, count: 100), name: "c", shape: [10, 10])]
  }

  @Test func `Values are read once, and statistics, findings and spectra are the same`() throws {
    let source = try CutSource(tensors(), pieceSize: 160)
    let direct = try TensorStatistics.all(of: source.contents.tensors, in: source)
    let findings = try ModelFindings.findings(of: source, statistics: direct)
    let spectrum = try Spectrum(of: source.contents.tensors[0], in: source)
    let counted = try CutSource(tensors(), pieceSize: 160)
    let held = HeldSource(counted, threads: 1)
    for threads in [1, 3] {
      #expect(try TensorStatistics.all(of: held.contents.tensors, in: held, threads: threads) == direct)
      #expect(try ModelFindings.findings(of: held, statistics: direct, threads: threads) == findings)
      #expect(try Spectrum(of: held.contents.tensors[0], in: held) == spectrum)
    }
    #expect(counted.readCount <= 4 * 800 && source.readCount > 4 * 800)
  }

  @Test func `What exceeds the room is read each time, and the rest is held`() throws {
    let counted = try CutSource(tensors(), pieceSize: 800)
    let held = HeldSource(counted, byteCount: 1700, threads: 1)
    for _ in 0..<5 {
      for place in 0..<3 {
        let values = try held.values(at: place)
        #expect(values.isInMemory == (place < 2))
        #expect(try values.withValues(in: 0..<800) { Array($0) } == tensors()[place].bytes)
      }
    }
    #expect(counted.readCount == 2 * 800 + 5 * 800)
  }
}
