import LayerKinds

/// How often each unit of a layer did what would be worth knowing.
struct UnitTally {
  /// What is counted.
  enum Event: Equatable {
    /// A rectifier's input is above 0.
    case fires
    /// A value lies within 0.01 of an end of its range, in units of sigmoid's range: 0 and 1, or for tanh −0.99 and 0.99.
    case saturates(below: Float, above: Float)

    /// What is counted for a kind of layer; nil where nothing is.
    init?(_ kind: LayerKind) {
      let traits = kind.definition.traits
      if traits.contains(.rectifies) {
        self = .fires
      } else if traits.contains(.saturates) {
        self = kind == .sigmoid ? .saturates(below: 0.01, above: 0.99) : .saturates(below: -0.99, above: 0.99)
      } else {
        return nil
      }
    }
  }

  /// The number of events of each unit, over samples and positions.
  private(set) var counts: [Int]

  /// The values of one piece.
  ///
  /// - Parameter values: The inputs of a rectifier, or the outputs of what saturates, one sample after another.
  init(_ event: Event, _ values: UnsafeBufferPointer<Float>, _ shape: UnitShape) {
    counts = Array(repeating: 0, count: shape.units)
    unsafe counts.withUnsafeMutableBufferPointer { counts in
      var place = 0
      while place + shape.units * shape.positions <= values.count {
        for unit in 0..<shape.units {
          var count = 0
          for _ in 0..<shape.positions {
            let value = unsafe values[place]
            switch event {
            case .fires: count += value > 0 ? 1 : 0
            case .saturates(let below, let above): count += value < below || value > above ? 1 : 0
            }
            place += 1
          }
          unsafe counts[unit] += count
        }
      }
    }
  }

  /// Adds the events of the next piece.
  mutating func merge(_ other: UnitTally) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}
