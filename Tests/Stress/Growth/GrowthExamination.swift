import ModelExchange
import ModelFormat

/// Puts every question to every command, in every format.
struct GrowthExamination {
  let programs: Programs
  let options: StressOptions
  private var bases: [String: Measurement] = [:]
  private(set) var faults: [String] = []
  private(set) var count = 0

  init(_ programs: Programs, _ options: StressOptions) {
    self.programs = programs
    self.options = options
  }

  mutating func run() throws {
    for question in Question.all {
      for format in ModelFiles.formats {
        let commands = CommandCase.all.filter {
          question.concerns($0, format) && options.includes(question: question, command: $0, format: format)
        }
        if !commands.isEmpty { try examine(question, format, commands) }
      }
    }
  }

  private mutating func examine(_ question: Question, _ format: FileFormat, _ commands: [CommandCase]) throws {
    let largest = options.isQuick ? question.quick : question.largest
    // A quick run sees the ends alone.
    let sizes = options.isQuick ? [largest / 4, largest] : [largest / 4, largest / 2, largest]
    let materials = try sizes.map { try Material(question, max(1, $0), format, program: programs.stress) }
    for command in commands {
      let base = try base(command, question, format)
      var steps: [Measurement] = []
      for material in materials {
        let step = try Measurement(command, material, nnkit: programs.nnkit, repeats: options.isQuick ? 1 : 2)
        steps.append(step)
        // A larger one would take still more.
        if step.fault(command) != nil { break }
      }
      var growth = Growth(base: base, steps: steps)
      // Other processes disturb: what looks wrong is looked at again before it is said.
      if !growth.faults.isEmpty, !steps.contains(where: { $0.fault(command) != nil }) {
        for place in steps.indices {
          growth.steps[place].improve(
            try Measurement(command, materials[place], nnkit: programs.nnkit, repeats: 3))
        }
      }
      report(growth, command, question, format)
    }
  }

  private mutating func report(
    _ growth: Growth, _ command: CommandCase, _ question: Question, _ format: FileFormat
  ) {
    count += 1
    Console.say(growth.line(command, question, format: format.name))
    for fault in growth.steps.compactMap({ $0.fault(command) }) + growth.faults {
      faults.append("\(command.title), \(question.name), \(format.name): \(fault)")
      Console.say("  FAULT: \(fault)")
    }
  }

  /// What the command costs with next to nothing.
  private mutating func base(
    _ command: CommandCase, _ question: Question, _ format: FileFormat
  ) throws -> Measurement {
    let key = "\(command.title) \(format.name)"
    if let base = bases[key] { return base }
    let material = try Material(question, 0, format, program: programs.stress)
    let base = try Measurement(command, material, nnkit: programs.nnkit, repeats: 3)
    guard case .exit(let code) = base.ending, command.success.contains(code) else {
      throw StressFailure("\(command.title) does not work with little: \(base.ending)")
    }
    bases[key] = base
    return base
  }
}
