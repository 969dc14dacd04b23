/// The lengths of the code words of a prefix code for symbols of known frequency.
///
/// The code is optimal among those whose words have no more than a given number of bits: the package-merge algorithm
/// (Larmore and Hirschberg, 1990). Of symbols with equal frequency the first ones get the shorter words.
enum CodeLengths {
  /// The length of each symbol's word in bits; 0 for a symbol that does not occur. O(limit · symbols · log symbols).
  ///
  /// - Parameter limit: at least log₂ of the number of symbols that occur, so that there is such a code.
  static func optimal(for frequencies: [Int], limit: Int) -> [UInt8] {
    var lengths = [UInt8](repeating: 0, count: frequencies.count)
    let symbols = frequencies.indices.filter { frequencies[$0] > 0 }
      .sorted { (frequencies[$0], $1) < (frequencies[$1], $0) }
    guard symbols.count > 1 else {
      for symbol in symbols { lengths[symbol] = 1 }
      return lengths
    }
    let leaves = symbols.map { frequencies[$0] }
    // How many of the items of each level that a choice takes from the front are leaves, not packages.
    var levels: [[Bool]] = []
    var packages: [Int] = []
    for _ in 0..<limit {
      let (weights, isLeaf) = merge(leaves, packages)
      levels.append(isLeaf)
      packages = (0..<weights.count / 2).map { weights[2 * $0] + weights[2 * $0 + 1] }
    }
    var taken = 2 * symbols.count - 2
    for isLeaf in levels.reversed() {
      let leafCount = isLeaf[..<taken].count { $0 }
      for symbol in symbols[..<leafCount] { lengths[symbol] += 1 }
      taken = 2 * (taken - leafCount)
    }
    return lengths
  }

  /// Both lists, each in rising order, as one; of equal weights leaves come first.
  private static func merge(_ leaves: [Int], _ packages: [Int]) -> (weights: [Int], isLeaf: [Bool]) {
    var weights: [Int] = []
    var isLeaf: [Bool] = []
    weights.reserveCapacity(leaves.count + packages.count)
    isLeaf.reserveCapacity(leaves.count + packages.count)
    var (leaf, package) = (0, 0)
    while leaf < leaves.count || package < packages.count {
      let takesLeaf = package == packages.count || (leaf < leaves.count && leaves[leaf] <= packages[package])
      weights.append(takesLeaf ? leaves[leaf] : packages[package])
      isLeaf.append(takesLeaf)
      if takesLeaf { leaf += 1 } else { package += 1 }
    }
    return (weights, isLeaf)
  }
}
