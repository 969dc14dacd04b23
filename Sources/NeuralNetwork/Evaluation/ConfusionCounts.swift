/// How often which class was predicted for samples of which class: the confusion matrix, of which only what is not 0 is
/// held. With n classes and N samples it takes O(min(n², N)) memory.
public struct ConfusionCounts: Sendable, Equatable {
  /// A place in the matrix where the count is not 0.
  public struct Entry: Sendable, Equatable {
    /// The class of the samples.
    public let truth: Int
    /// The class that was predicted.
    public let prediction: Int
    /// How many samples.
    public let count: Int
  }

  private struct Place: Hashable {
    let truth: Int
    let prediction: Int
  }

  /// The number of classes.
  public let classes: Int
  private var counts: [Place: Int] = [:]

  init(classes: Int) { self.classes = classes }

  mutating func add(truth: Int, prediction: Int) {
    counts[Place(truth: truth, prediction: prediction), default: 0] += 1
  }

  /// How many samples of class `truth` were predicted to be `prediction`. O(1).
  public subscript(truth: Int, prediction: Int) -> Int { counts[Place(truth: truth, prediction: prediction)] ?? 0 }

  /// What is not 0, by truth and then by prediction. O(m log m) for m entries.
  public var entries: [Entry] {
    counts.map { Entry(truth: $0.truth, prediction: $0.prediction, count: $1) }
      .sorted { ($0.truth, $0.prediction) < ($1.truth, $1.prediction) }
  }

  /// `matrix[t][p]`: how many samples of class t were predicted to be p. O(n²) time and memory.
  public var matrix: [[Int]] {
    var matrix = Array(repeating: zeros, count: classes)
    for (place, count) in counts { matrix[place.truth][place.prediction] = count }
    return matrix
  }

  /// A 0 for each class.
  var zeros: [Int] { Array(repeating: 0, count: classes) }
}
