import ModelFormat
import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs every command under every limit of the operating system, from next to nothing to plenty.
struct LimitExamination {
  let programs: Programs
  let options: StressOptions
  private(set) var faults: [String] = []
  private(set) var count = 0

  static let timeLimit = Duration.seconds(5)
  /// A user who owns no process.
  private static let user = "54321"

  private static let runtimes = [
    "ld-", "libBlocksRuntime", "libFoundation", "libc.", "libdispatch", "libgcc", "libm.", "libstdc++", "libswift",
  ]

  init(_ programs: Programs, _ options: StressOptions) {
    self.programs = programs
    self.options = options
  }

  mutating func run() throws {
    let material = try Material(.underLimits, 2, .nnk, program: programs.stress)
    for command in CommandCase.all where options.includes(limitsOf: command) {
      let unlimited = try Run(
        programs.nnkit, command.arguments(.nnk), in: material.folder.path, timeLimit: LimitExamination.timeLimit)
      material.removeOutputs()
      guard case .exit(let code) = unlimited.ending, command.success.contains(code) else {
        throw StressFailure("\(command.title) does not work without limits: \(unlimited.ending) \(unlimited.errorText)")
      }
      for limit in Limit.all where options.includes(limit: limit) {
        try examine(command, limit, material, unlimited)
      }
    }
  }

  private mutating func examine(
    _ command: CommandCase, _ limit: Limit, _ material: Material, _ unlimited: Run
  ) throws {
    let user = limit.needsUser && geteuid() == 0
    if user, access("/usr/bin/setpriv", X_OK) != 0 {
      Console.say("\(command.title), \(limit.name): not looked at, for the administrator has no such limit")
      return
    }
    if user, try limited(command, limit, limit.range.upperBound, material, asUser: true).ending != unlimited.ending {
      material.removeOutputs()
      Console.say("\(command.title), \(limit.name): not looked at, for another user cannot run it here")
      return
    }
    material.removeOutputs()
    var verdicts: [(value: Int, verdict: Verdict)] = []
    for value in limit.values(isQuick: options.isQuick) {
      let run = try limited(command, limit, value, material, asUser: user)
      var verdict = Verdict(run, unlimited: unlimited, command, outputs: material.outputs)
      material.removeOutputs()
      if case .fault(let fault) = verdict, run.ending != .timeOver {
        switch try stage(run.ending, command, limit, value, material, asUser: user) {
        case .loading: verdict = .beforeMain
        case .initialiser(let library): verdict = .fault("\(fault), in what \(library) does before main")
        case .program: break
        }
      }
      verdicts.append((value, verdict))
    }
    report(command, limit, verdicts)
  }

  private func limited(
    _ command: CommandCase, _ limit: Limit, _ value: Int, _ material: Material, asUser: Bool,
    environment: [String: String] = [:]
  ) throws -> Run {
    let change =
      asUser
      ? ["/usr/bin/setpriv", "--reuid=\(LimitExamination.user)", "--regid=\(LimitExamination.user)", "--clear-groups"]
      : []
    return try Run(
      "/bin/sh",
      ["-c", "{ \(limit.command(value)); } || exit 99; exec \"$@\"", "sh"] + change + [programs.nnkit]
        + command.arguments(.nnk),
      in: material.folder.path, timeLimit: LimitExamination.timeLimit, environment: environment)
  }

  /// How far a program came.
  private enum Stage {
    /// The system could not start it, or the loader could not load its libraries.
    case loading
    /// A library was being initialised, which the program answers for by depending on it.
    case initialiser(String)
    case program
  }

  /// The loader says when it calls an initialiser, and when it hands over to the program.
  private func stage(
    _ ending: Run.Ending, _ command: CommandCase, _ limit: Limit, _ value: Int, _ material: Material, asUser: Bool
  ) throws -> Stage {
    #if os(Linux)
      // Where the stack begins is up to chance: one that fails is looked for.
      var run: Run
      var attempts = 0
      repeat {
        run = try limited(command, limit, value, material, asUser: asUser, environment: ["LD_DEBUG": "files"])
        material.removeOutputs()
        attempts += 1
      } while run.ending != ending && attempts < 20
      let handOver = "transferring control: "
      let lines = run.errorText.split(separator: "\n").filter { $0.contains(handOver) || $0.contains("calling init: ") }
      if lines.contains(where: { $0.hasSuffix(handOver + programs.nnkit) }) { return .program }
      // The shell came before it.
      guard let last = lines.last, !last.contains(handOver) else { return .loading }
      let library = String(last.split(separator: "/").last ?? last)
      // What every program in this language needs is no choice of ours.
      return LimitExamination.runtimes.contains(where: library.hasPrefix) ? .loading : .initialiser(library)
    #else
      return .program
    #endif
  }

  /// One line for what happens from which value on.
  private mutating func report(_ command: CommandCase, _ limit: Limit, _ verdicts: [(value: Int, verdict: Verdict)]) {
    count += verdicts.count
    var verdicts = verdicts
    if let last = verdicts.last, last.verdict != .works {
      verdicts.append((last.value, .fault("does not work with plenty")))
    }
    var stretches: [(first: Int, last: Int, verdict: Verdict)] = []
    for (value, verdict) in verdicts {
      if stretches.last?.verdict == verdict {
        stretches[stretches.count - 1].last = value
      } else {
        stretches.append((value, value, verdict))
      }
    }
    let name = "\(command.title), \(limit.name)\(limit.unit.isEmpty ? "" : " in \(limit.unit)")"
    for stretch in stretches {
      guard case .fault(let fault) = stretch.verdict else { continue }
      let values = stretch.first == stretch.last ? "\(stretch.first)" : "\(stretch.first) to \(stretch.last)"
      faults.append("\(name) \(values): \(fault)")
    }
    Console.say(
      "\(name): " + stretches.map { "\($0.first) \(LimitExamination.word($0.verdict))" }.joined(separator: ", "))
  }

  private static func word(_ verdict: Verdict) -> String {
    switch verdict {
    case .works: "works"
    case .refused(let code): "\(code)"
    case .beforeMain: "before main"
    case .fault(let text): "FAULT \(text)"
    }
  }
}
