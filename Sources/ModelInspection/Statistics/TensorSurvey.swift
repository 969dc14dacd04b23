import ModelFormat

/// What is known of a tensor after the first walk.
struct TensorSurvey {
  private(set) var summary = ValueSummary()
  private(set) var byteEntropy: [Double]
  /// The search for percentiles, which later walks complete.
  var ranks: RankSearch

  /// What is known of a tensor without values.
  init(_ type: DataType) {
    byteEntropy = [Double](repeating: 0, count: type.byteCount)
    ranks = RankSearch(type)
  }

  /// Takes in the next piece.
  mutating func merge(_ piece: ValueSummary) { summary.merge(piece) }

  /// Takes in what threads have counted of all pieces.
  mutating func finish(_ tallies: [ElementTally]) {
    guard let tally = tallies.first else { return }
    for other in tallies.dropFirst() { tally.merge(other) }
    byteEntropy = ByteEntropy.planes(of: tally)
    ranks = RankSearch(tally, ranks: Percentiles.ranks)
  }

  /// Values whose magnitude is below this are near 0.
  var nearZero: Double {
    summary.extent.isEmpty ? 0 : TensorStatistics.nearZeroDeviations * summary.moments.standardDeviation
  }
}
