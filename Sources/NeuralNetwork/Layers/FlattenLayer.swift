/// The same values in a shape of one dimension.
struct FlattenLayer<Scalar: NetworkScalar>: Layer {
  let inputShape: [Int]

  var outputShape: [Int] { [inputCount] }
  var memoryUse: MemoryUse { MemoryUse(worksInPlace: true) }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    guard unsafe pass.output != pass.input else { return }
    unsafe pass.output.update(from: pass.input, count: pass.rows * inputCount)
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    guard let inputGradient = unsafe pass.inputGradient, unsafe inputGradient != pass.outputGradient else { return }
    unsafe inputGradient.update(from: pass.outputGradient, count: pass.rows * inputCount)
  }
}
