import Foundation
import TestSupport
import Testing

/// A process that is killed while it saves: afterwards the old file is there or the new one, each complete.
@Suite(.serialized) struct KillTests {
  /// One way to write the output.
  private struct Save {
    let arguments: [String]
    let result: [UInt8]
    let duration: Duration
  }

  /// What had become of a process when it was killed.
  private struct Kill {
    /// It was still running.
    let wasRunning: Bool
    /// It held a file in the folder open for writing.
    let wasSaving: Bool
  }

  private let folder: TemporaryFolder
  private let clock = ContinuousClock()

  init() throws {
    folder = try TemporaryFolder()
    // As large as it takes for most of the time to go into the save, whatever the machine and the build.
    var count = 1 << 15
    var proportion = 0.0
    while proportion < 0.6, count < 1 << 24 {
      count *= 2
      for (name, seed) in [("first", 21), ("second", 22)] as [(String, UInt64)] {
        try folder.write(KillTests.model(count: count, seed: seed), to: "\(name).safetensors")
      }
      let start = try rehearse(["inspect", "--no-statistics", "first.safetensors"], output: "first.safetensors")
      let save = try rehearse(["convert", "first.safetensors", "trial.nnk", "--force"], output: "trial.nnk")
      proportion = 1 - start.duration / save.duration
      if save.duration - start.duration < .milliseconds(20) { proportion = 0 }
    }
    try FileManager.default.removeItem(atPath: folder.file("trial.nnk"))
  }

  /// Numbers around zero, as weights are: the sign and the mantissa at random, the exponent among a few.
  private static func model(count: Int, seed: UInt64) -> [UInt8] {
    var generator = SplitMix64(seed: seed)
    let bits = (0..<count).map { _ in
      let random = generator.next()
      return UInt32(truncatingIfNeeded: random) & 0x807F_FFFF | UInt32(118 + random >> 60) << 23
    }
    return SafetensorsFile.file(
      "{\"weight\":{\"dtype\":\"F32\",\"shape\":[\(count)],\"data_offsets\":[0,\(4 * count)]}}",
      bits.withUnsafeBytes { Array($0) })
  }

  /// Runs a command to its end, and has its result verified.
  private func rehearse(_ arguments: [String], output: String) throws -> Save {
    let start = clock.now
    let outcome = try Program.run(arguments, in: folder)
    let duration = clock.now - start
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    try Program.succeed(["verify", output], in: folder)
    return Save(arguments: arguments, result: try folder.read(output), duration: duration)
  }

  /// Starts a save and kills it after a while. It is stopped first, so that one can see what it was doing.
  private func kill(_ save: Save, after delay: Duration) throws -> Kill {
    let process = try ChildProcess(
      executable: Program.path, arguments: save.arguments, environment: ProcessInfo.processInfo.environment,
      folder: folder.path, input: "/dev/null")
    defer {
      close(process.standardOutput)
      close(process.standardError)
    }
    usleep(UInt32(delay / .microseconds(1)))
    process.send(SIGSTOP)
    let wasSaving = isWriting(process)
    process.send(SIGKILL)
    return Kill(wasRunning: try process.wait().signal == SIGKILL, wasSaving: wasSaving)
  }

  /// Whether a stopped process has a file of the folder open for writing, with a name or without.
  private func isWriting(_ process: ChildProcess) -> Bool {
    #if os(Linux)
      // The stop takes effect soon, not at once; its descriptors are looked at in any case.
      let descriptors = "/proc/\(process.identifier)/fd"
      for name in (try? FileManager.default.contentsOfDirectory(atPath: descriptors)) ?? [] {
        guard let file = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(descriptors)/\(name)"),
          file.contains(URL(fileURLWithPath: folder.path).lastPathComponent),
          let facts = try? String(contentsOfFile: "/proc/\(process.identifier)/fdinfo/\(name)", encoding: .utf8),
          let flags = facts.split(separator: "\n").first(where: { $0.hasPrefix("flags:") })
        else { continue }
        // The last octal digit is 0 for reading, 1 for writing.
        if flags.hasSuffix("1") { return true }
      }
      return false
    #else
      return temporaryNames().isEmpty == false
    #endif
  }

  private func temporaryNames() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasPrefix(".nnkit.") }
  }

  /// What a killed process may leave behind, besides the output: where files need no name until they are complete, a
  /// complete one at most; elsewhere anything.
  private func clearAway(complete: [UInt8]) throws {
    for name in temporaryNames() {
      if TemporaryFolder.hasUnnamedFiles { #expect(try folder.read(name) == complete, "\(name)") }
      try FileManager.default.removeItem(atPath: folder.file(name))
    }
  }

  @Test func theOldModelOrTheNewOne() throws {
    let output = "model.nnk"
    let saves = try [
      ["convert", "first.safetensors", output, "--force"],
      ["convert", "second.safetensors", output, "--force", "--compression", "none"],
      ["convert", "second.safetensors", output, "--force", "--compression", "fast"],
    ].map { try rehearse($0, output: output) }
    var generator = SplitMix64(seed: 23)
    var (kills, hits, outcomes) = (0, 0, ["old": 0, "new": 0])
    var standing = saves.count - 1
    // As long as it takes for 200 kills, of which at least 50 hit a file that is being written.
    for round in 0..<600 where kills < 200 || hits < 50 {
      let save = saves[round % saves.count]
      let delay = save.duration * Double.random(in: 0...1, using: &generator)
      let kill = try kill(save, after: delay)
      kills += kill.wasRunning ? 1 : 0
      hits += kill.wasSaving ? 1 : 0
      let found = try folder.read(output)
      let isNew = found == save.result
      #expect(isNew || found == saves[standing].result, "neither the old model nor the new one, \(found.count) bytes")
      #expect(isNew || kill.wasRunning, "a save that ended in peace left the old model")
      if isNew { standing = round % saves.count }
      outcomes[isNew ? "new" : "old", default: 0] += 1
      try clearAway(complete: save.result)
    }
    #expect(kills >= 200 && hits >= 50, "\(kills) kills, \(hits) of them during the save; \(outcomes)")
    #expect(outcomes["old", default: 0] > 0)
    try Program.succeed(["verify", output], in: folder)
  }

  @Test func aNewModelOrNone() throws {
    let save = try rehearse(["convert", "first.safetensors", "model.nnk"], output: "model.nnk")
    var generator = SplitMix64(seed: 24)
    var (kills, hits) = (0, 0)
    for _ in 0..<150 where kills < 50 || hits < 10 {
      try? FileManager.default.removeItem(atPath: folder.file("model.nnk"))
      let kill = try kill(save, after: save.duration * Double.random(in: 0...1, using: &generator))
      kills += kill.wasRunning ? 1 : 0
      hits += kill.wasSaving ? 1 : 0
      if folder.exists("model.nnk") {
        #expect(try folder.read("model.nnk") == save.result)
      } else {
        #expect(kill.wasRunning)
      }
      // A new file gets its one and only name when it is complete.
      #expect(temporaryNames().isEmpty || !TemporaryFolder.hasUnnamedFiles)
      try clearAway(complete: save.result)
    }
    #expect(kills >= 50 && hits >= 10, "\(kills) kills, \(hits) of them during the save")
  }
}
