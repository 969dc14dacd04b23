import Foundation
import TestSupport
import Testing

/// Names that `String` takes long to compare: a letter with tens of thousands of combining marks, which it would sort.
@Suite struct LongNameTests {
  private static let marks = String(repeating: "\u{301}", count: 30_000)

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let names = ["a", "b"].map { $0 + Self.marks }
    let header =
      "{\"__metadata__\":{\"\(names[0])\":\"1\",\"\(names[1])\":\"2\"},"
      + names.enumerated().map { place, name in
        "\"\(name)\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[\(4 * place),\(4 * place + 4)]}"
      }.joined(separator: ",") + "}"
    try folder.write(SafetensorsFile.file(header, [UInt8](repeating: 0, count: 8)), to: "long.safetensors")
  }

  @Test(arguments: [
    "inspect long.safetensors", "inspect --json long.safetensors", "verify long.safetensors",
    "diff long.safetensors long.nnk", "inspect --json long.nnk",
  ]) func `They hold no command up`(command: String) throws {
    _ = try Program.succeed(["convert", "long.safetensors", "long.nnk"], in: folder)
    let clock = ContinuousClock()
    let time = try clock.measure {
      _ = try Program.succeed(command.split(separator: " ").map(String.init), in: folder)
    }
    #expect(time < .seconds(5))
  }

  @Test func `JSON has them whole, text the beginning of them`() throws {
    let document = try Program.json(["inspect", "long.safetensors"], in: folder)
    #expect(try document.object("metadata").count == 2)
    let text = try Program.succeed(["inspect", "long.safetensors"], in: folder).output
    #expect(text.utf8.count < 4_000)
    #expect(text.unicodeScalars.contains("…"))
  }

  @Test func `A message shows the beginning of a name and how long it is`() throws {
    let outcome = try Program.run(["diff", "long.safetensors", "missing.nnk"], in: folder)
    #expect(outcome.exitCode == 2)
    let name = String(repeating: "x", count: 70_000)
    let header = "{\"\(name)\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
    try folder.write(SafetensorsFile.file(header, [0, 0, 0, 0]), to: "longer.safetensors")
    let refusal = try Program.run(["verify", "longer.safetensors"], in: folder)
    #expect(refusal.exitCode == 65)
    #expect(refusal.output.contains(String(repeating: "x", count: 120) + "\"… (70000 bytes)"))
    #expect(refusal.output.utf8.count < 600)
  }
}
