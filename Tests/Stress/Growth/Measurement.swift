import TestSupport

/// What a command costs with a question of some size: the least of a few runs.
struct Measurement {
  let count: Int
  private(set) var wall: Double
  private(set) var cpu: Double
  private(set) var peak: Int
  let ending: Run.Ending
  let fileSize: Int
  let outputSize: Int

  /// The larger one of the time of all threads and a share of the wall's: a program that sleeps takes no processor.
  var time: Double { max(cpu, wall / 4) }

  static let timeLimit = Duration.seconds(20)
  /// Of addresses, 6 GiB: what asks for too much is not to take the machine along.
  private static let memoryLimit = "ulimit -v 6291456 2>/dev/null"

  init(_ command: CommandCase, _ material: Material, nnkit: String, repeats: Int) throws {
    let arguments = command.arguments(material.format, options: material.question.options(material.count))
    var best: Run?
    (wall, cpu, peak) = (.infinity, .infinity, .max)
    for _ in 0..<repeats {
      let run = try Run(
        "/bin/sh", ["-c", Measurement.memoryLimit + "; exec \"$@\"", "sh", nnkit] + arguments,
        in: material.folder.path, timeLimit: Measurement.timeLimit)
      material.removeOutputs()
      best = run
      (wall, cpu, peak) = (min(wall, run.wall), min(cpu, run.cpu), min(peak, run.peak))
      // What takes long is hardly disturbed by others.
      if run.wall > 1 { break }
    }
    guard let best else { throw StressFailure("no repeats") }
    (count, ending, fileSize) = (material.count, best.ending, material.modelSize)
    outputSize = best.output.count + best.errors.count
  }

  /// One that was taken before.
  init(count: Int, time: Double, peak: Int) {
    (self.count, wall, cpu, self.peak) = (count, time, time, peak)
    (ending, fileSize, outputSize) = (.exit(0), 0, 0)
  }

  /// The least of both.
  mutating func improve(_ other: Measurement) {
    (wall, cpu, peak) = (min(wall, other.wall), min(cpu, other.cpu), min(peak, other.peak))
  }

  /// How it should not have ended.
  func fault(_ command: CommandCase) -> String? {
    switch ending {
    case .timeOver: "did not end within \(Measurement.timeLimit)"
    case .signal(let number): "was ended by signal \(number)"
    case .exit(let code) where command.success.union(command.refusals).contains(code): nil
    case .exit(let code): "ended with \(code)"
    }
  }
}
