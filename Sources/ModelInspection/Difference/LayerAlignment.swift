import ModelFormat

/// Pairs the layers of two networks so that as few as possible are added, removed or changed.
///
/// This is the edit distance of two lists, by dynamic programming (R. A. Wagner and M. J. Fischer, "The string-to-string
/// correction problem", 1974): adding or removing a layer costs 2, and another attribute of one of the same kind 1; a
/// layer does not become one of another kind. Names count for nothing: one layer more shifts the numbers in those after
/// it.
///
/// O(n · m) time and memory for what is left when equal beginnings and ends are taken off; more than 2²² pairs of those
/// are compared place by place. Attributes, which may be long lists, are looked at once.
struct LayerAlignment {
  private static let maximumPairs = 1 << 22

  let matches: [LayerMatch]

  init(_ left: [LayerDescription], _ right: [LayerDescription]) {
    var classes = LayerClasses()
    let (leftClasses, rightClasses) = (left.map { classes.number($0) }, right.map { classes.number($0) })
    func isAlike(_ i: Int, _ j: Int) -> Bool { LayerClasses.cost(leftClasses[i], rightClasses[j]) == 0 }
    var start = 0
    while start < min(left.count, right.count), isAlike(start, start) { start += 1 }
    var end = 0
    while end < min(left.count, right.count) - start, isAlike(left.count - 1 - end, right.count - 1 - end) { end += 1 }
    let middle = LayerAlignment.pairs(
      leftClasses[start..<left.count - end], rightClasses[start..<right.count - end])
    var pairs: [(Int?, Int?)] = (0..<start).map { ($0, $0) }
    pairs += middle
    pairs += (0..<end).map { (left.count - end + $0, right.count - end + $0) }
    matches = pairs.map {
      LayerAlignment.match(
        $0.0.map { .init(index: $0, layer: left[$0]) }, $0.1.map { .init(index: $0, layer: right[$0]) })
    }
  }

  private static func pairs(
    _ left: ArraySlice<LayerClasses.Class>, _ right: ArraySlice<LayerClasses.Class>
  ) -> [(Int?, Int?)] {
    let (n, m) = (left.count, right.count)
    guard n > 0, m > 0 else { return left.indices.map { ($0, nil) } + right.indices.map { (nil, $0) } }
    guard n <= maximumPairs / m else { return placeByPlace(left, right) }
    // distances[i][j]: of the layers from i and from j on to the end, so that the way is walked from the beginning.
    var distances = [Int32](repeating: 0, count: (n + 1) * (m + 1))
    func place(_ i: Int, _ j: Int) -> Int { i * (m + 1) + j }
    func pairCost(_ i: Int, _ j: Int) -> Int32? {
      LayerClasses.cost(left[left.startIndex + i], right[right.startIndex + j]).map(Int32.init)
    }
    for i in (0...n).reversed() {
      for j in (0...m).reversed() {
        if i == n || j == m {
          distances[place(i, j)] = Int32(2 * (n - i + m - j))
          continue
        }
        var least = 2 + min(distances[place(i + 1, j)], distances[place(i, j + 1)])
        if let cost = pairCost(i, j) { least = min(least, cost + distances[place(i + 1, j + 1)]) }
        distances[place(i, j)] = least
      }
    }
    var pairs: [(Int?, Int?)] = []
    var (i, j) = (0, 0)
    while i < n || j < m {
      if i < n, j < m, let cost = pairCost(i, j), distances[place(i, j)] == cost + distances[place(i + 1, j + 1)] {
        pairs.append((left.startIndex + i, right.startIndex + j))
        (i, j) = (i + 1, j + 1)
      } else if i < n, distances[place(i, j)] == 2 + distances[place(i + 1, j)] {
        pairs.append((left.startIndex + i, nil))
        i += 1
      } else {
        pairs.append((nil, right.startIndex + j))
        j += 1
      }
    }
    return pairs
  }

  private static func placeByPlace(
    _ left: ArraySlice<LayerClasses.Class>, _ right: ArraySlice<LayerClasses.Class>
  ) -> [(Int?, Int?)] {
    (0..<max(left.count, right.count)).flatMap { (index) -> [(Int?, Int?)] in
      let a = index < left.count ? left.startIndex + index : nil
      let b = index < right.count ? right.startIndex + index : nil
      if let a, let b, LayerClasses.cost(left[a], right[b]) != nil { return [(a, b)] }
      return [(a, nil), (nil, b)].filter { $0.0 != nil || $0.1 != nil }
    }
  }

  private static func match(_ left: LayerMatch.Side?, _ right: LayerMatch.Side?) -> LayerMatch {
    guard let left, let right else {
      return LayerMatch(change: left == nil ? .added : .removed, left: left, right: right, attributes: [])
    }
    var list = DetailList()
    list.compare("", left.layer.attributes, right.layer.attributes)
    return LayerMatch(
      change: list.details.isEmpty ? .same : .changed, left: left, right: right, attributes: list.details)
  }
}
