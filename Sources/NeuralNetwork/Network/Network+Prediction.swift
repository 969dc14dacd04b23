extension Network {
  /// The network's output for each row of `inputs`, in inference mode, on one thread.
  ///
  /// - Throws: `NetworkError` with the code `countMismatch` if the columns are not the network's inputs.
  public func predict(_ inputs: Matrix<Scalar>) throws(NetworkError) -> Matrix<Scalar> {
    try predict(DatasetInputs(inputs), threads: 1)
  }

  /// The network's output for each row of `inputs`, in inference mode. See `NetworkRunner` for one piece after another.
  ///
  /// Memory besides the result stays bounded, however many rows there are.
  ///
  /// - Parameters:
  ///   - inputs: The samples.
  ///   - threads: The number of threads that share the rows.
  /// - Throws: `NetworkError` with the code `countMismatch` if the width is not the network's, or
  ///   `valueOutOfRange` or `threadUnavailable` for the threads.
  public func predict(
    _ inputs: DatasetInputs<Scalar>, threads: Int
  ) throws(NetworkError) -> Matrix<Scalar> {
    try NetworkRunner(self, threads: threads).predict(inputs)
  }

  /// The mean loss and the accuracy over a data set, in inference mode.
  ///
  /// - Parameters:
  ///   - dataset: The samples and their targets; at least one.
  ///   - loss: The loss to measure.
  ///   - threads: The number of threads that share the rows.
  /// - Throws: `NetworkError` if data, loss and network do not fit one another, or for the threads.
  public func evaluate(
    _ dataset: Dataset<Scalar>, loss: Loss, threads: Int = 1
  ) throws(NetworkError) -> Evaluation {
    try NetworkRunner(self, threads: threads).evaluate(dataset, loss: loss)
  }

  /// The loss for a data set, after a check that both fit the network and that there is a sample.
  func lossHead(_ loss: Loss, for dataset: Dataset<Scalar>) throws(NetworkError) -> LossHead<Scalar> {
    try check(dataset.inputs)
    guard dataset.count >= 1 else {
      throw NetworkError(.countMismatch, at: "data set", expected: "at least one sample", found: "none")
    }
    return try LossHead(loss, architecture: architecture, targets: dataset.targets)
  }

  /// Checks that the network takes samples of this width.
  package func check(_ inputs: DatasetInputs<Scalar>) throws(NetworkError) {
    guard inputs.width == architecture.inputCount else {
      throw NetworkError(
        .countMismatch, at: "inputs",
        expected: "\(architecture.inputCount) values for each sample, the input shape \(inputShape)",
        found: "\(inputs.width)")
    }
  }
}
