/// The same values in a shape of one dimension.
struct FlattenLayer<Scalar: NetworkScalar>: Layer {
  let inputShape: [Int]

  var outputShape: [Int] { [inputCount] }
  var memoryUse: MemoryUse { MemoryUse(worksInPlace: true) }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    guard pass.output != pass.input else { return }
    pass.output.update(from: pass.input, count: pass.rows * inputCount)
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    guard let inputGradient = pass.inputGradient, inputGradient != pass.outputGradient else { return }
    inputGradient.update(from: pass.outputGradient, count: pass.rows * inputCount)
  }
}
