import LayerKinds
public import NeuralNetwork

/// Runs samples through a network and gathers what the values of its layers are like.
///
/// ```swift
/// var survey = try ActivationSurvey(network, threads: 2)
/// for piece in pieces { try survey.add(piece) }
/// let report = survey.finish()
/// ```
///
/// Memory is bounded, however many samples there are. The same samples give the same report, whatever the pieces in which
/// they come and however many threads there are: they are cut again into pieces whose size depends on the layers alone,
/// and sums are added up in their order.
public struct ActivationSurvey {
  private let passes: ActivationPasses<Float>
  private let workers: PieceWorkers
  private let names: LayerNames
  private var block: SampleBlock
  private var tallies: [LayerTally?]
  private var samples = 0

  /// Allocates the memory of all threads.
  ///
  /// - Parameters:
  ///   - network: What is to run.
  ///   - names: What its layers are called, one for each; nil for the network's own names.
  ///   - threads: How many threads share the work.
  /// - Throws: `NetworkError` with the code `valueOutOfRange` or `threadUnavailable` for the threads, `tooLarge` for values
  ///   between layers that are too many, or `productsUnavailable`.
  public init(_ network: Network<Float>, names: [String]? = nil, threads: Int) throws(NetworkError) {
    workers = try PieceWorkers(threads: threads)
    passes = try ActivationPasses(
      network, capacity: ActivationPasses<Float>.rows(for: network.architecture), workers: threads)
    self.names = LayerNames(names, of: network.architecture)
    block = SampleBlock(width: network.architecture.inputCount, capacity: passes.capacity * threads)
    tallies = Array(repeating: nil, count: network.layers.count)
  }

  /// Takes more samples, prepared as the network wants them.
  ///
  /// - Throws: `NetworkError` with the code `countMismatch` if their width is not the network's.
  public mutating func add(_ inputs: DatasetInputs<Float>) throws(NetworkError) {
    try passes.network.check(inputs)
    var taken = 0
    while taken < inputs.count {
      let end = min(taken + block.room, inputs.count)
      block.append(inputs, taken..<end)
      taken = end
      if block.room == 0 { work() }
    }
  }

  /// What was gathered from all samples. More may be added after it, though then the pieces are cut otherwise.
  public mutating func finish() -> ActivationReport {
    work()
    let layers = zip(passes.network.layerDescriptions, tallies).compactMap { layer, tally in
      tally.map { activity(of: layer, $0) }
    }
    return ActivationReport(samples: samples, layers: layers, network: passes.network)
  }

  /// Runs the samples of the block.
  private mutating func work() {
    let (size, block, passes) = (passes.capacity, block, passes)
    let pieces = workers.results(SamplePieces.count(block.count, size: size)) { worker, piece in
      let rows = unsafe block.withSamples(SamplePieces.range(piece, of: block.count, size: size)) {
        unsafe passes.run($0, worker: worker)
      }
      return passes.network.layerDescriptions.map { layer in
        let outputs = unsafe passes.values(before: layer.index + 1, rows: rows, worker: worker)
        let inputs = unsafe passes.values(before: layer.index, rows: rows, worker: worker)
        let event = UnitTally.Event(layer.specification.layerKind)
        return unsafe LayerTally(
          values: ValueTally(outputs),
          units: event.map { event in
            unsafe UnitTally(event, event == .fires ? inputs : outputs, UnitShape(layer.outputShape))
          })
      }
    }
    for piece in pieces {
      for index in tallies.indices {
        if tallies[index] == nil { tallies[index] = piece[index] } else { tallies[index]?.merge(piece[index]) }
      }
    }
    samples += block.count
    self.block.clear()
  }

  private func activity(of layer: PlacedLayer, _ tally: LayerTally) -> LayerActivity {
    let (kind, shape) = (layer.specification.layerKind, UnitShape(layer.outputShape))
    let (counts, traits) = (tally.units?.counts ?? [], kind.definition.traits)
    let values = samples * shape.positions
    // 99 % in whole numbers: values − counts is at most a hundredth of values.
    return LayerActivity(
      name: names[layer.index], kind: kind.rawValue, units: shape.units, mean: tally.values.mean,
      standardDeviation: tally.values.deviation, zeroFraction: tally.values.zeroFraction,
      nonFinite: tally.values.nonFinite,
      neverFired: traits.contains(.rectifies) ? counts.indices.filter { counts[$0] == 0 } : nil,
      saturated: traits.contains(.saturates) ? counts.indices.filter { values - counts[$0] <= values / 100 } : nil)
  }
}
