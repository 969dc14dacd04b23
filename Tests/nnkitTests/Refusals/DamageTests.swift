import TestSupport
import Testing

/// A damaged model is refused by every command that reads one, wherever the damage is.
struct DamageTests {
  private static let commands = [
    ["inspect", "damaged.nnk"], ["predict", "damaged.nnk", "images"], ["diff", "intact.nnk", "damaged.nnk"],
    ["diff", "damaged.nnk", "damaged.nnk"], ["digest", "damaged.nnk"],
    ["edit", "damaged.nnk", "--output", "out.nnk", "--set", "a=1", "--force"],
  ]

  private func prepare() throws -> (folder: TemporaryFolder, intact: [UInt8]) {
    let folder = try TemporaryFolder()
    let intact = try TrainedModel.small.get()
    try folder.write(intact, to: "intact.nnk")
    try folder.write(IDXBytes.blankImages(1), to: "images")
    return (folder, intact)
  }

  private func expectRefusal(
    of bytes: [UInt8], by command: [String], _ what: String, in folder: TemporaryFolder
  ) throws {
    try folder.write(bytes, to: "damaged.nnk")
    let outcome = try Program.run(command, in: folder)
    let comment = Comment(rawValue: "\(command[0]), \(what): \(outcome.errors)")
    #expect(outcome.exitCode == (command[0] == "diff" ? 2 : 65), comment)
    #expect(outcome.standardOutput.isEmpty, comment)
    #expect(outcome.errorLines.count == 1, comment)
    #expect(outcome.errors.hasPrefix("nnkit: damaged.nnk: "), comment)
  }

  @Test(arguments: commands)
  func aFlippedBitInEachPart(command: [String]) throws {
    let (folder, intact) = try prepare()
    var generator = SplitMix64(seed: 2)
    let parts = ModelParts.of(intact)
    #expect(Set(parts.map(\.name)) == ["header", "TOPO", "mETA", "hIST", "CHNK", "INDX", "trailer"])
    for part in parts {
      var bytes = intact
      let offset = Int.random(in: part.range, using: &generator)
      bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      try expectRefusal(of: bytes, by: command, "byte \(offset) in \(part)", in: folder)
    }
  }

  @Test(arguments: commands)
  func aFlippedBitAnywhereIsFound(command: [String]) throws {
    let (folder, intact) = try prepare()
    var generator = SplitMix64(seed: 3)
    for _ in 0..<64 {
      var bytes = intact
      let offset = Int.random(in: bytes.indices, using: &generator)
      bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      try expectRefusal(of: bytes, by: command, "byte \(offset)", in: folder)
    }
  }

  @Test(arguments: commands)
  func aFileThatIsCutShort(command: [String]) throws {
    let (folder, intact) = try prepare()
    var generator = SplitMix64(seed: 4)
    for _ in 0..<32 {
      let length = Int.random(in: 0..<intact.count, using: &generator)
      try expectRefusal(of: Array(intact.prefix(length)), by: command, "cut to \(length) bytes", in: folder)
    }
  }

  @Test func theIntactFileIsAccepted() throws {
    let (folder, intact) = try prepare()
    try folder.write(intact, to: "damaged.nnk")
    for command in DamageTests.commands { try Program.succeed(command, in: folder) }
  }
}
