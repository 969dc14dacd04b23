import Testing

@testable import NeuralNetwork

struct DropoutTests {
  /// The factor of each value in a training pass: the input gradient of Σ y, up to the scale of the loss.
  private func factors(
    rate: Double, rows: Int = 50, columns: Int = 200, seed: UInt64 = 1, iteration: Int = 0, firstRow: Int = 0,
    index: Int = 0
  ) throws -> [Double] {
    let layer = DropoutLayer<Double>(shape: [columns], rate: rate, index: index)
    let input = AlignedBuffer<Double>(Array(repeating: 1, count: rows * columns))
    let (output, scratch) = (AlignedBuffer<Double>(count: rows * columns), AlignedBuffer<Double>(count: rows * columns))
    layer.forward(
      ForwardPass(
        mode: .training, rows: rows, input: input.pointer, output: output.pointer, parameters: input.pointer,
        runningStatistics: input.pointer, scratch: scratch.pointer,
        batch: BatchShare(samples: rows, firstRow: firstRow, seed: seed, iteration: iteration)))
    return output.elements
  }

  @Test(arguments: [0, 0.1, 0.5, 0.9]) func valuesAreDroppedAtTheRateTheOthersScaled(rate: Double) throws {
    let factors = try factors(rate: rate)
    let dropped = Double(factors.count { $0 == 0 }) / Double(factors.count)
    // Four standard deviations of a share of 10,000.
    #expect(abs(dropped - rate) <= 4 * (rate * (1 - rate) / 10_000).squareRoot())
    #expect(factors.allSatisfy { $0 == 0 || $0 == 1 / (1 - rate) })
  }

  @Test func theMaskFollowsFromSeedLayerMiniBatchAndRow() throws {
    let base = try factors(rate: 0.5)
    #expect(try factors(rate: 0.5) == base)
    let others = [
      try factors(rate: 0.5, seed: 2), try factors(rate: 0.5, iteration: 1), try factors(rate: 0.5, index: 1),
      try factors(rate: 0.5, firstRow: 50),
    ]
    for (number, other) in others.enumerated() {
      // Half of 10,000 agree by chance; the deviation is 50.
      let agreeing = zip(base, other).count { $0 == $1 }
      #expect(abs(agreeing - 5_000) < 250, "\(number)")
    }
    // Rows too are independent of one another, and so are neighbours in a row.
    #expect(abs(zip(base, base.dropFirst(200)).count { $0 == $1 } - 4_900) < 250)
    #expect(abs(zip(base, base.dropFirst()).count { $0 == $1 } - 5_000) < 250)
    // A worker that has the second half of the rows has the second half of the mask.
    #expect(try factors(rate: 0.5, rows: 25, firstRow: 25) == Array(base[5_000...]))
  }

  @Test func anOddNumberOfValues() throws {
    #expect(try factors(rate: 0.5, rows: 4, columns: 7).count == 28)
    #expect(Set(try factors(rate: 0.5, rows: 40, columns: 1)) == [0, 2])
  }

  @Test func inferenceDropsNothing() throws {
    let network = try Network<Float>(inputShape: [2, 3], layers: [.dropout(rate: 0.9)], parameters: [:])
    let inputs: Matrix<Float> = try randomMatrix(rows: 5, columns: 6, seed: 1)
    #expect(try network.predict(inputs) == inputs)
  }
}
