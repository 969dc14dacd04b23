/// The costs of a command at a question of sizes n, 2n and 4n, less what it costs anyway.
struct Growth {
  let base: Measurement
  var steps: [Measurement]

  /// What the size of the question costs.
  private func time(_ step: Measurement) -> Double { max(0, step.time - base.time) }
  private func memory(_ step: Measurement) -> Int { max(0, step.peak - base.peak) }

  /// How much faster than n times and memory may grow, and what is too little to be judged.
  private static let (tolerance, leastTime, leastMemory) = (1.5, 0.05, 8 << 20)
  /// A time below this is as likely to be one of the system's.
  private static let shortestTime = 0.005
  /// A process that we start has at least our own memory in its count, which hides so much of its own.
  private static let hiddenMemory = 5 << 20

  /// What grew faster than linearly; empty where nothing did.
  var faults: [String] {
    guard let first = steps.first else { return [] }
    var faults: [String] = []
    for step in steps.dropFirst() {
      let times = Double(step.count) / Double(first.count)
      let allowed = times * Growth.tolerance
      if time(step) > allowed * max(time(first), Growth.shortestTime) + Growth.leastTime {
        faults.append(
          "time grew \(Growth.factor(time(step), time(first))) times where n grew \(Growth.factor(times, 1)) times")
      }
      if Double(memory(step)) > allowed * Double(max(memory(first), Growth.hiddenMemory)) + Double(Growth.leastMemory) {
        faults.append(
          "memory grew \(Growth.factor(Double(memory(step)), Double(memory(first)))) times where n grew "
            + "\(Growth.factor(times, 1)) times")
      }
    }
    return faults
  }

  /// One line: sizes, times, memory, and what one of n costs at last.
  func line(_ command: CommandCase, _ question: Question, format: String) -> String {
    let counts = steps.map { "\($0.count)" }.joined(separator: "/")
    let times = steps.map { Growth.decimals($0.cpu * 1000, 0) }.joined(separator: "/")
    let peaks = steps.map { Growth.decimals(Double($0.peak) / 1_048_576, 0) }.joined(separator: "/")
    var text = "\(command.title), \(question.name), \(format): \(counts) \(question.unit): \(times) ms, \(peaks) MiB"
    if let last = steps.last {
      let each = Double(max(1, last.count))
      text +=
        "; each \(Growth.decimals(time(last) / each * 1e6, 2)) µs, \(Growth.decimals(Double(memory(last)) / each, 0)) B"
      text += "; file \(last.fileSize) B, output \(last.outputSize) B, \(last.ending)"
    }
    return text
  }

  private static func factor(_ a: Double, _ b: Double) -> String { b > 0 ? decimals(a / b, 1) : "from nothing" }

  static func decimals(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let rounded = (value * scale).rounded()
    let whole = Int((rounded / scale).rounded(.towardZero))
    guard digits > 0 else { return "\(Int(rounded))" }
    let part = String(Int(rounded.magnitude) % Int(scale))
    return "\(whole)." + String(repeating: "0", count: digits - part.count) + part
  }
}
