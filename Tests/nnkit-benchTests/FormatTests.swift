import ModelExchange
import ModelFormat
import TestSupport
import Testing

/// `nnkit-bench format`.
struct FormatTests {
  static let speeds = [
    "save_MB_per_s", "load_MB_per_s", "save_to_memory_MB_per_s", "load_from_memory_MB_per_s", "verify_MB_per_s",
    "statistics_MB_per_s", "difference_MB_per_s",
  ]

  /// 200,000 values in one tensor and 10 in another, that need 26 of 32 bits.
  private func writeModel(to path: String) throws {
    var state: UInt32 = 1
    let values = (0..<200_000).map { _ in
      // A linear congruence (Numerical Recipes' constants); its upper bits become a number from 1 to 2.
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float(bitPattern: 0x3F80_0000 | state >> 9)
    }
    let model = try Model(
      topology: nil,
      tensors: [
        Tensor(name: "w", shape: [400, 500], values: values),
        Tensor(name: "b", shape: [10], values: [Float](repeating: 0, count: 10)),
      ])
    try model.save(to: path, as: .safetensors)
  }

  /// One line of JSON with sizes that add up and speeds that are positive; nothing is left behind.
  @Test func oneLineOfJSONHasSizesThatAddUpAndSpeedsThatArePositive() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("weights.safetensors")
    try writeModel(to: file)
    let report = try Bench.report(["format", file, "--folder", folder.path, "--repeats", "1", "--threads", "2"])
    #expect(report["tool"] as? String == "nnkit")
    #expect(report["compression"] as? String == "default")
    #expect(report["tensors"] as? Int == 2)
    #expect(report["raw_bytes"] as? Int == 4 * 200_010)
    #expect(report["threads"] as? Int == 2)
    let ratio = try #require(report["ratio"] as? Double)
    // Sign and exponent are the same everywhere: 23 of 32 bits are left.
    #expect(ratio > 23.0 / 32 && ratio < 26.0 / 32)
    let fileBytes = try #require(report["file_bytes"] as? Int)
    // Foundation may read the last digit of a number otherwise than it wrote it.
    #expect((ratio - Double(fileBytes) / Double(4 * 200_010)).magnitude < 1e-12)
    let oneThread = try #require(report["one_thread"] as? [String: Any])
    for speeds in [report, oneThread] {
      for name in FormatTests.speeds {
        let speed = try #require(speeds[name] as? Double, "\(name)")
        #expect(speed > 0 && speed.isFinite, "\(name)")
      }
    }
    #expect(try #require(report["list_seconds"] as? Double) > 0)
    #expect(try folder.names() == ["weights.safetensors"])
  }

  @Test func withoutCompressionTheFileIsLargerThanTheWeights() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("weights.safetensors")
    try writeModel(to: file)
    let report = try Bench.report([
      "format", file, "--folder", folder.path, "--repeats", "1", "--compression", "none",
    ])
    let ratio = try #require(report["ratio"] as? Double)
    #expect(ratio > 1 && ratio < 1.01)
  }

  @Test func whatCannotBeMeasuredIsRefusedWithoutAReport() throws {
    let folder = try TemporaryFolder()
    let empty = folder.file("empty.safetensors")
    try Model(topology: nil, tensors: []).save(to: empty, as: .safetensors)
    for (arguments, message) in [
      (["format", folder.file("missing")], "missing"), (["format", empty], "no weights"),
      (["format", empty, "--repeats", "0"], "--repeats"), (["format", empty, "--threads", "0"], "--threads"),
      (["format", empty, "--folder", empty], "not a folder"), (["format", empty, "--compression", "x"], "x"),
    ] {
      let outcome = try Bench.run(arguments)
      #expect(outcome.exitCode != 0)
      #expect(outcome.output == "")
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
  }
}
