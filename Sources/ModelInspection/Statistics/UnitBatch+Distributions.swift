import ModelFormat
import Threads

/// How a tensor's finite values are distributed.
struct Distribution {
  var histogram: Histogram?
  var nearZeros = 0
}

/// The walks after the first one.
extension UnitBatch {
  private struct UnitDistribution {
    var tables: [Int] = []
    var nearZeros = 0
  }

  /// The second walk, which also takes the search for percentiles one step further.
  ///
  /// - Parameters:
  ///   - segments: what each unit is made of.
  ///   - decoded: the units that `surveys(keeping:threads:)` kept.
  func distributions(
    for surveys: inout [TensorSurvey], _ segments: [[BlockSegment<RepeatedElement>]], bins: Int,
    kept decoded: DecodedUnits, threads: Int?
  ) throws(ModelFormatError) -> [Distribution] {
    let known = surveys
    let binsOfTensors = known.map { survey in
      let extent = survey.summary.extent
      return extent.isEmpty ? nil : HistogramBins(from: extent.minimum, to: extent.maximum, count: bins)
    }
    let tallies = TallyPool<CandidateTally>(tensorCount: tensors.count)
    var counts = binsOfTensors.map { [Int](repeating: 0, count: $0 == nil ? 0 : bins) }
    var nearZeros = [Int](repeating: 0, count: tensors.count)
    try OrderedPipeline.run(
      count: numbers.count, threads: Workload.threads(threads, byteCount: byteCount)
    ) { (number) throws(ModelFormatError) in
      let (place, unit) = numbers.locate(number)
      guard let bins = binsOfTensors[place] else { return UnitDistribution() }
      let type = tensors[place].dataType
      let tally = CandidateTally.take(from: tallies, place, known[place].ranks)
      var distribution = UnitDistribution(tables: bins.emptyTables)
      let bound = known[place].nearZero
      try unsafe withUnit(unit, place, segments[number], decoded, isDecoded: true) { memory in
        for segment in segments[number] {
          if let element = segment.repeated {
            let value = ElementBlocks.number(element, of: type) as Double
            bins.include(value, count: segment.elements.count, in: &distribution.tables)
            if value.magnitude < bound { distribution.nearZeros += segment.elements.count }
            tally?.include(element.bits, count: segment.elements.count)
          } else {
            unsafe ElementBlocks.forEach(memory(segment.elements), of: type) {
              unsafe bins.include($0, in: &distribution.tables)
              distribution.nearZeros += unsafe $0.count(below: bound)
            }
            unsafe tally?.include(memory(segment.elements))
          }
        }
      }
      if let tally { tallies.giveBack(tally, place) }
      return distribution
    } consume: { (number, unit: UnitDistribution) throws(ModelFormatError) in
      let place = numbers.locate(number).place
      binsOfTensors[place]?.add(unit.tables, to: &counts[place])
      nearZeros[place] += unit.nearZeros
      if isLast(number) { surveys[place].ranks.refine(tallies.removeAll(place)) }
    }
    return binsOfTensors.indices.map { place in
      Distribution(
        histogram: binsOfTensors[place].map { Histogram(edges: $0.edges, counts: counts[place]) },
        nearZeros: nearZeros[place])
    }
  }

  /// The walks that are left to do until all percentiles are known: two at most, through elements of 64 bits.
  func completeRanks(
    of surveys: inout [TensorSurvey], _ segments: [[BlockSegment<RepeatedElement>]], kept decoded: DecodedUnits,
    threads: Int?
  ) throws(ModelFormatError) {
    while surveys.contains(where: { !$0.ranks.isComplete }) {
      let known = surveys
      let tallies = TallyPool<CandidateTally>(tensorCount: tensors.count)
      try OrderedPipeline.run(
        count: numbers.count, threads: Workload.threads(threads, byteCount: byteCount)
      ) { (number) throws(ModelFormatError) in
        let (place, unit) = numbers.locate(number)
        guard let tally = CandidateTally.take(from: tallies, place, known[place].ranks) else { return }
        try unsafe withUnit(unit, place, segments[number], decoded, isDecoded: true) { memory in
          for segment in segments[number] {
            if let element = segment.repeated {
              tally.include(element.bits, count: segment.elements.count)
            } else {
              unsafe tally.include(memory(segment.elements))
            }
          }
        }
        tallies.giveBack(tally, place)
      } consume: { (number, _: Void) throws(ModelFormatError) in
        let place = numbers.locate(number).place
        if isLast(number) { surveys[place].ranks.refine(tallies.removeAll(place)) }
      }
    }
  }
}

extension CandidateTally {
  /// A tally for a search; nil when it is complete.
  fileprivate static func take(
    from pool: TallyPool<CandidateTally>, _ place: Int, _ search: RankSearch
  ) -> CandidateTally? {
    search.isComplete ? nil : pool.take(place) ?? CandidateTally(for: search)
  }
}

extension UnsafeBufferPointer<Double> {
  /// How many magnitudes are below a bound.
  fileprivate func count(below bound: Double) -> Int {
    var counts = SIMD8<Int64>()
    for index in unsafe 0..<vectorCount {
      unsafe counts.count(vector(at: index, filling: .infinity).magnitude .< bound)
    }
    return Int(counts.wrappedSum())
  }
}
