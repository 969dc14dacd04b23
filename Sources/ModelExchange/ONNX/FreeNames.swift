import BinaryIO

/// Names that are taken, and new ones that are not.
struct FreeNames {
  private var taken: Set<ByteName>
  /// How often each name has been asked for: the search goes on from there.
  private var counts: [ByteName: Int] = [:]

  init(taken: some Sequence<String>) { self.taken = Set(taken.lazy.map { ByteName($0) }) }

  /// Takes a name: as it is, or with the next number after it that makes it a new one.
  mutating func take(_ name: String) -> String {
    var count = counts[ByteName(name), default: 0]
    defer { counts[ByteName(name)] = count }
    while true {
      count += 1
      let candidate = count == 1 ? name : "\(name).\(count)"
      if taken.insert(ByteName(candidate)).inserted { return candidate }
    }
  }
}
