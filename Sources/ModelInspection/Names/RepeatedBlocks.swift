import BinaryIO
public import ModelFormat

/// Tensors of blocks that repeat, such as the layers of a transformer: those whose names differ in one number only, and
/// that have the same type and shape, are taken together.
public struct RepeatedBlocks: Sendable {
  /// One tensor, or several of one kind.
  public struct Row: Equatable, Sendable {
    /// The name; with more than one member its number is replaced by all numbers: `h.{0…23}.weight`.
    public let name: String
    /// The places of the tensors among all, in the order of their numbers.
    public let members: [Int]

    /// A row of its name and its members.
    public init(name: String, members: [Int]) {
      self.name = name
      self.members = members
    }
  }

  /// So few of a kind are no repetition.
  private static let leastMembers = 3
  /// Names with more numbers, or longer ones, stand for themselves.
  private static let (mostNumbers, longestName) = (4, 256)

  /// What is shown, in the order of the first member of each row.
  public let rows: [Row]

  private struct Key: Hashable {
    let before: ByteName
    let after: ByteName
    let dataType: DataType
    let shape: [Int]

    /// What tensors have in common with this one whose names differ in this number only.
    init(_ tensor: TensorDescription, without number: Range<String.UTF8View.Index>) {
      let name = tensor.name.utf8
      before = ByteName(String(decoding: name[..<number.lowerBound], as: UTF8.self))
      after = ByteName(String(decoding: name[number.upperBound...], as: UTF8.self))
      dataType = tensor.dataType
      shape = tensor.shape
    }
  }

  /// Finds what repeats. O(n log n) for n tensors.
  public init(_ tensors: [TensorDescription]) {
    var kinds: [Key: Int] = [:]
    var members: [(key: Key, all: [(number: Int, place: Int)])] = []
    // Which kinds each tensor is of, by each of the numbers in its name.
    let kindsOfTensors = tensors.enumerated().map { place, tensor in
      RepeatedBlocks.numbers(in: tensor.name).compactMap { number -> Int? in
        guard let value = Int(tensor.name[number]) else { return nil }
        let key = Key(tensor, without: number)
        let kind = kinds[key] ?? members.count
        if kind == members.count {
          kinds[key] = kind
          members.append((key, []))
        }
        members[kind].all.append((value, place))
        return kind
      }
    }
    var rows: [Row] = []
    var isTaken = [Bool](repeating: false, count: tensors.count)
    for place in tensors.indices where !isTaken[place] {
      // The first number by which enough are alike: blocks before what is in them.
      let group = kindsOfTensors[place].lazy.compactMap { kind -> (Key, [(number: Int, place: Int)])? in
        let free = members[kind].all.filter { !isTaken[$0.place] }
        return free.count >= RepeatedBlocks.leastMembers ? (members[kind].key, free) : nil
      }.first
      guard let (key, all) = group else {
        isTaken[place] = true
        rows.append(Row(name: tensors[place].name, members: [place]))
        continue
      }
      let sorted = all.sorted { ($0.number, $0.place) < ($1.number, $1.place) }
      for member in sorted { isTaken[member.place] = true }
      rows.append(
        Row(
          name: key.before.text + "{" + RepeatedBlocks.ranges(sorted.map(\.number)) + "}" + key.after.text,
          members: sorted.map(\.place)))
    }
    self.rows = rows
  }

  /// Where the numbers of a name stand.
  private static func numbers(in name: String) -> [Range<String.UTF8View.Index>] {
    guard name.utf8.count <= longestName else { return [] }
    var (ranges, rest) = ([Range<String.UTF8View.Index>](), name.utf8[...])
    func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    while let start = rest.firstIndex(where: isDigit) {
      let digits = rest[start...].prefix(while: isDigit)
      ranges.append(start..<digits.endIndex)
      rest = rest[digits.endIndex...]
    }
    return ranges.count <= mostNumbers ? ranges : []
  }

  /// Numbers in order: `0…4, 6…23`.
  private static func ranges(_ numbers: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, number - last.upperBound <= 1 {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    let texts = runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)…\($0.upperBound)" }
    return texts.count > 8 ? texts.prefix(7).joined(separator: ", ") + ", …" : texts.joined(separator: ", ")
  }
}
