import Threads

/// A network that is ready to run over data again and again, in inference mode: its threads and their memory stay.
///
/// Calls from several threads at once take turns.
public final class NetworkRunner<Scalar: NetworkScalar>: Sendable {
  /// What runs.
  public let network: Network<Scalar>
  private let machine: Lock<Machine>
  private let empty = AlignedBuffer<Scalar>(count: 0)

  private struct Machine {
    let pool: WorkerPool
    let engine: DataParallelInference<Scalar>
  }

  /// Starts `threads - 1` threads, and allocates the memory of all.
  ///
  /// - Parameters:
  ///   - network: What is to run.
  ///   - threads: The number of threads that share the rows.
  /// - Throws: `NetworkError` with the code `valueOutOfRange` or `threadUnavailable` for the threads.
  public init(_ network: Network<Scalar>, threads: Int) throws(NetworkError) {
    self.network = network
    machine = Lock(
      Machine(
        pool: try WorkerPool(threads: threads),
        engine: DataParallelInference(architecture: network.architecture, threads: threads)))
  }

  /// The network's output for each row of `inputs`.
  ///
  /// Memory besides the result stays bounded, however many rows there are.
  ///
  /// - Throws: `NetworkError` with the code `countMismatch` if the width is not the network's.
  public func predict(_ inputs: DatasetInputs<Scalar>) throws(NetworkError) -> Matrix<Scalar> {
    try network.check(inputs)
    let width = network.architecture.outputCount
    let output = unsafe [Scalar](unsafeUninitializedCapacity: inputs.count * width) { output, count in
      guard let target = output.baseAddress else { return }
      withMachine { unsafe $0.engine.predict(inputs, values: $1, pool: $0.pool, output: target) }
      count = inputs.count * width
    }
    return Matrix(uncheckedRows: inputs.count, columns: width, elements: output)
  }

  /// The mean loss and the accuracy over a data set.
  ///
  /// - Parameters:
  ///   - dataset: The samples and their targets; at least one.
  ///   - loss: The loss to measure.
  /// - Throws: `NetworkError` if data, loss and network do not fit one another.
  public func evaluate(_ dataset: Dataset<Scalar>, loss: Loss) throws(NetworkError) -> Evaluation {
    let head = try network.lossHead(loss, for: dataset)
    return withMachine { $0.engine.evaluate(dataset.inputs, head: head, values: $1, pool: $0.pool) }
  }

  /// Calls `body`, one call at a time, with what runs and the places of the network's values.
  private func withMachine<Result>(_ body: (Machine, ValuePointers<Scalar>) -> Result) -> Result {
    unsafe network.parameters.withUnsafeBufferPointer { parameters in
      unsafe network.runningStatistics.withUnsafeBufferPointer { statistics in
        // An empty array may have no address; layers without values never read there.
        let none = unsafe UnsafePointer(empty.pointer)
        let values = unsafe ValuePointers(
          parameters: parameters.baseAddress ?? none, runningStatistics: statistics.baseAddress ?? none)
        return machine.withLock { body($0, values) }
      }
    }
  }
}
