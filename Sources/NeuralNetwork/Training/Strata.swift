/// Puts samples into an order in which every stretch has each class in nearly the share that all samples have.
///
/// Systematic sampling: the n samples of a class are shuffled, and the k-th of them, from 0, gets the place
/// (k + u) / n in [0, 1), with one random u in [0, 1) for each class and epoch. All samples are then sorted by place. An
/// interval of the length p holds ⌊n p⌋ or ⌈n p⌉ samples of the class. A mini-batch is a stretch of the order: of C
/// equally large classes it has ⌊B / C⌋ or ⌈B / C⌉ samples each; otherwise the rounding of other classes may move that by
/// one or two. Each sample comes once in each epoch.
///
/// O(N log N) for each epoch.
struct Strata: Sendable {
  /// The samples of each class that has any.
  private var classes: [[Int]]
  private var places: [(place: Double, sample: Int)]

  init(labels: [Int]) {
    var samples: [Int: [Int]] = [:]
    for (index, label) in labels.enumerated() { samples[label, default: []].append(index) }
    classes = samples.sorted { $0.key < $1.key }.map(\.value)
    places = Array(repeating: (0, 0), count: labels.count)
  }

  /// Writes the order of a new epoch.
  mutating func arrange(_ order: inout [Int], _ generator: inout RandomGenerator) {
    var next = 0
    for index in classes.indices {
      generator.shuffle(&classes[index])
      let offset = generator.uniform()
      let count = Double(classes[index].count)
      for (rank, sample) in classes[index].enumerated() {
        places[next] = ((Double(rank) + offset) / count, sample)
        next += 1
      }
    }
    // The number of the sample decides between equal places, so that the order never depends on the sort.
    places.sort { ($0.place, $0.sample) < ($1.place, $1.sample) }
    for index in order.indices { order[index] = places[index].sample }
  }
}
