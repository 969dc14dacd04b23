/// The loss of one mini-batch and its derivatives.
public struct BatchGradients<Scalar: NetworkScalar>: Sendable {
  /// The mean loss over the samples.
  public let loss: Double
  /// ∂L/∂parameters in one piece, in the order of `Network.parameterEntries`.
  public let parameters: [Scalar]
  /// ∂L/∂inputs, one row for each sample.
  public let inputs: Matrix<Scalar>
  private let entries: [ParameterEntry]

  init(loss: Double, parameters: [Scalar], inputs: Matrix<Scalar>, entries: [ParameterEntry]) {
    self.loss = loss
    self.parameters = parameters
    self.inputs = inputs
    self.entries = entries
  }

  /// ∂L/∂(the tensor of that name), row-major; nil if the network has none.
  public func values(of name: String) -> [Scalar]? {
    guard let entry = entries.first(where: { $0.name == name }) else { return nil }
    return Array(parameters[entry.range])
  }
}

extension Network {
  /// The loss of one mini-batch and its gradients by backpropagation, on one thread. Layers work as in training.
  ///
  /// - Parameters:
  ///   - inputs: One sample in each row.
  ///   - targets: What the network should give for them.
  ///   - loss: The loss; its mean over the rows is what is differentiated.
  ///   - seed: What the random choices of dropout follow from.
  /// - Throws: `NetworkError` if inputs, targets, loss and network do not fit one another.
  public func lossAndGradients(
    inputs: Matrix<Scalar>, targets: Targets<Scalar>, loss: Loss, seed: UInt64 = 0
  ) throws(NetworkError) -> BatchGradients<Scalar> {
    let (mean, workspace, head) = try trainingPass(inputs: inputs, targets: targets, loss: loss, seed: seed)
    let values = ValueBuffers(self)
    let gradients = AlignedBuffer<Scalar>(count: parameterCount)
    let inputGradient = unsafe architecture.backward(
      workspace, values: values.pointers, parameterGradients: gradients.pointer, rows: inputs.rows,
      depth: head.depth, batch: BatchShare(samples: inputs.rows, seed: seed), wantsInputGradient: true)
    return unsafe BatchGradients(
      loss: mean, parameters: gradients.elements,
      inputs: Matrix(
        uncheckedRows: inputs.rows, columns: inputs.columns,
        elements: Array(UnsafeBufferPointer(start: inputGradient, count: inputs.elements.count))),
      entries: architecture.parameterEntries)
  }

  /// The mean loss of one mini-batch with layers that work as in training, which is what `lossAndGradients`
  /// differentiates.
  func trainingLoss(
    inputs: Matrix<Scalar>, targets: Targets<Scalar>, loss: Loss, seed: UInt64
  ) throws(NetworkError) -> Double {
    try trainingPass(inputs: inputs, targets: targets, loss: loss, seed: seed).mean
  }

  /// A forward pass in training, and ∂L/∂(its output) in the workspace.
  private func trainingPass(
    inputs: Matrix<Scalar>, targets: Targets<Scalar>, loss: Loss, seed: UInt64
  ) throws(NetworkError) -> (mean: Double, workspace: Workspace<Scalar>, head: LossHead<Scalar>) {
    let dataset = try Dataset(inputs: DatasetInputs(inputs), targets: targets)
    let head = try lossHead(loss, for: dataset)
    let layout = WorkspaceLayout(of: architecture, capacity: inputs.rows, mode: .training)
    try layout.check(at: "gradients")
    let workspace = Workspace<Scalar>(layout)
    let values = ValueBuffers(self)
    let sum = unsafe Array(0..<inputs.rows).withUnsafeBufferPointer { indices in
      guard let first = indices.baseAddress else { return LossSum() }
      unsafe dataset.inputs.gather(first, rows: inputs.rows, into: workspace.input)
      unsafe head.gatherTargets(first, rows: inputs.rows, into: workspace)
      architecture.forward(
        workspace, values: values.pointers, rows: inputs.rows, depth: head.depth,
        batch: BatchShare(samples: inputs.rows, seed: seed))
      return head.measure(workspace, rows: inputs.rows, batchSize: inputs.rows)
    }
    return (sum.loss / Double(inputs.rows), workspace, head)
  }
}
