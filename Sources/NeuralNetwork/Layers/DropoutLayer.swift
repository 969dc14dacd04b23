/// In training y = m · x, where m is 0 with probability `rate` and 1 / (1 − rate) otherwise; in inference y = x.
///
/// Which values become 0 follows from the seed, the layer's place in the network, the mini-batch, the row's
/// place in the mini-batch and the value's place in the row, by a hash of these numbers. So it depends neither
/// on the number of threads nor on their timing, and there is no generator whose state would have to be saved.
struct DropoutLayer<Scalar: NetworkScalar>: Layer {
  let shape: [Int]
  let rate: Double
  /// The place in the network, from 0.
  let index: Int

  var inputShape: [Int] { shape }
  var outputShape: [Int] { shape }
  var scratchCountPerRow: Int { outputCount }
  var memoryUse: MemoryUse { MemoryUse(worksInPlace: true) }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    let count = outputCount
    guard pass.mode == .training else {
      if unsafe pass.output != pass.input { unsafe pass.output.update(from: pass.input, count: pass.rows * count) }
      return
    }
    let kernels = Scalar.kernels.loops
    for row in 0..<pass.rows {
      unsafe kernels.dropoutFactors(
        key: key(row: pass.batch.firstRow + row, batch: pass.batch), rate: rate, count: count,
        factors: pass.scratch + row * count)
    }
    unsafe kernels.multiplyElements(pass.input, pass.scratch, count: pass.rows * count, output: pass.output)
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    guard let inputGradient = unsafe pass.inputGradient else { return }
    unsafe Scalar.kernels.loops.multiplyElements(
      pass.outputGradient, pass.scratch, count: pass.rows * outputCount, output: inputGradient)
  }

  private func key(row: Int, batch: BatchShare<Scalar>) -> UInt64 {
    var key = batch.seed
    for number in [index, batch.iteration, row] {
      var generator = SplitMix64(state: key ^ UInt64(truncatingIfNeeded: number))
      key = generator.next()
    }
    return key
  }
}
