/// A limit of the operating system, and the values of it to try, the smallest first.
struct Limit: Sendable {
  let name: String
  /// How the shell sets it.
  let command: @Sendable (Int) -> String
  let unit: String
  let range: ClosedRange<Int>
  /// How many of the smallest are tried one by one.
  let single: Int
  /// By which factor the others grow.
  let factor: Double
  /// The administrator is exempt from it.
  let needsUser: Bool

  /// - Parameter isQuick: fewer of them.
  func values(isQuick: Bool) -> [Int] {
    var values = Array(range.lowerBound..<min(range.upperBound, range.lowerBound + single))
    if isQuick { values = values.enumerated().filter { $0.offset % 3 == 0 }.map(\.element) }
    var value = Double(max(1, range.lowerBound + single))
    let factor = isQuick ? self.factor * self.factor * self.factor * self.factor : self.factor
    while value < Double(range.upperBound) {
      if values.last != Int(value) { values.append(Int(value)) }
      value *= factor
    }
    return values + [range.upperBound]
  }

  static let all = [
    Limit(
      name: "RLIMIT_AS", command: { "ulimit -v \($0)" }, unit: "KiB", range: 4096...2 << 20, single: 0, factor: 1.12,
      needsUser: false),
    Limit(
      name: "RLIMIT_DATA", command: { "ulimit -d \($0)" }, unit: "KiB", range: 128...2 << 20, single: 0, factor: 1.15,
      needsUser: false),
    Limit(
      name: "RLIMIT_NOFILE", command: { "ulimit -n \($0)" }, unit: "", range: 3...1024, single: 24, factor: 2,
      needsUser: false),
    // Shells differ in the letter.
    Limit(
      name: "RLIMIT_NPROC", command: { "ulimit -u \($0) 2>/dev/null || ulimit -p \($0)" }, unit: "", range: 1...64,
      single: 8, factor: 2, needsUser: true),
    // With less, the start-up of every program in this language ends by a signal.
    Limit(
      name: "RLIMIT_STACK", command: { "ulimit -s \($0)" }, unit: "KiB", range: 32...65_536, single: 0, factor: 1.4,
      needsUser: false),
    Limit(
      name: "RLIMIT_FSIZE", command: { "ulimit -f \($0)" }, unit: "blocks", range: 0...65_536, single: 6, factor: 1.5,
      needsUser: false),
  ]
}
