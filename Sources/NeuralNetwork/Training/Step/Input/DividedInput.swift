import Threads

/// The divided case, for a first layer that is affine and large: its inputs are divided among the workers, instead of the rows
/// of the mini-batch.
///
/// With R the inputs of worker w: Y = Σ_w X[:, R]·W[R, :] + b, and ∂L/∂W[R, :] = X[:, R]ᵀ·∂L/∂Y. So the weights and their
/// gradients, which are most of a small network, never leave the cache of their worker; batch · outputs partial sums do.
/// Columns of X that are zero in the whole mini-batch add nothing to either product and are left out of both.
///
/// Layer 0's parameters come before all others: W row by row, then b.
final class DividedInput<Scalar: NetworkScalar>: InputStage, @unchecked Sendable {
  /// The elements of W.
  let parameterCount: Int
  private let outputs: Int
  private let data: DatasetInputs<Scalar>
  private let parts: [InputPart<Scalar>]
  /// ∂L/∂Y of the whole mini-batch; each worker writes its rows.
  private let outputGradients: AlignedBuffer<Scalar>

  /// - Parameter layer: The first one; it has `InputDivision.leastInputs` inputs for each worker.
  init(_ layer: AffineLayer<Scalar>, data: DatasetInputs<Scalar>, workers: Int, batchSize: Int) {
    let (inputs, outputs) = (layer.inputCount, layer.outputCount)
    parameterCount = inputs * outputs
    self.outputs = outputs
    self.data = data
    let division = InputDivision(of: data, workers: workers, batchSize: batchSize)
    parts = division.ranges.map { columns in
      InputPart(
        columns: columns, masks: division.leavesOutZeros ? data.masks(of: columns) : nil, outputs: outputs,
        batchSize: batchSize)
    }
    outputGradients = AlignedBuffer(count: batchSize * outputs)
  }

  var layerCount: Int { 1 }

  @specialized(where Scalar == Float)
  func forward(_ pass: InputPass<Scalar>, barrier: Barrier) {
    multiply(pass)
    barrier.wait()
    collectOutputs(pass)
  }

  /// Computes what the inputs of a worker contribute to the outputs of all samples of a mini-batch.
  private func multiply(_ pass: InputPass<Scalar>) {
    let part = parts[pass.worker]
    unsafe data.prefetch(part.runs.columns, pass.indices, rows: pass.samples)
    if let masks = part.masks { unsafe part.runs.take(masks, pass.indices, rows: pass.samples) }
    unsafe data.gather(part.runs, pass.indices, rows: pass.samples, into: part.values.pointer)
    unsafe Scalar.kernels.loops.multiply(
      MatrixProduct(
        left: part.values.pointer, right: part.activeWeights(pass.parameters), rows: pass.samples, columns: outputs,
        inner: part.runs.activeCount, accumulation: 0, output: part.sums.pointer))
  }

  /// Adds up the outputs of a worker's rows, in the order of the workers. After the barrier that follows `multiply`.
  private func collectOutputs(_ pass: InputPass<Scalar>) {
    let kernels = Scalar.kernels.loops
    let (rows, output) = unsafe (pass.rows, pass.workspace.outputs[0])
    unsafe kernels.copyToRows(
      bias: pass.parameters + parameterCount, rows: rows.count, columns: outputs, output: output)
    for part in parts {
      unsafe kernels.add(
        output, part.sums.pointer + rows.lowerBound * outputs, count: rows.count * outputs, output: output)
    }
  }

  /// Keeps ∂L/∂Y of some rows for all workers, and sums it up for the bias.
  @specialized(where Scalar == Float)
  func backward(
    _ pass: InputPass<Scalar>, outputGradients gradients: UnsafePointer<Scalar>,
    parameterGradients: UnsafeMutablePointer<Scalar>
  ) {
    let rows = pass.rows
    unsafe (outputGradients.pointer + rows.lowerBound * outputs).update(from: gradients, count: rows.count * outputs)
    unsafe Scalar.kernels.loops.sumRows(
      matrix: gradients, rows: rows.count, columns: outputs, sums: parameterGradients + parameterCount)
  }

  /// Computes ∂L/∂W of a worker's inputs.
  @specialized(where Scalar == Float)
  func computeGradients(worker: Int, samples: Int) {
    let part = parts[worker]
    unsafe Scalar.kernels.loops.multiply(
      MatrixProduct(
        left: part.values.pointer, leftTransposed: true, right: outputGradients.pointer,
        rows: part.runs.activeCount, columns: outputs, inner: samples, accumulation: 0,
        output: part.gradients.pointer))
  }

  @specialized(where Scalar == Float)
  func forEachStretch(of worker: Int, _ body: (Range<Int>, UnsafePointer<Scalar>?) -> Void) {
    let (runs, outputs) = (parts[worker].runs, outputs)
    let (start, end) = (runs.columns.lowerBound, runs.columns.count)
    var (column, gradients) = unsafe (0, UnsafePointer(parts[worker].gradients.pointer))
    for number in 0..<runs.count {
      let run = runs[number]
      if run.start > column { body((start + column) * outputs..<(start + run.start) * outputs, nil) }
      column = run.start + run.count
      unsafe body((start + run.start) * outputs..<(start + column) * outputs, gradients)
      unsafe gradients += run.count * outputs
    }
    if end > column { body((start + column) * outputs..<(start + end) * outputs, nil) }
  }
}

/// The inputs of one worker.
private final class InputPart<Scalar: NetworkScalar>: @unchecked Sendable {
  /// Nil if columns of zeros are not looked for.
  let masks: ColumnMasks?
  let runs: ColumnRuns
  /// X, without columns of zeros.
  let values: AlignedBuffer<Scalar>
  /// ∂L/∂W, without the rows for these columns.
  let gradients: AlignedBuffer<Scalar>
  /// X·W of these inputs.
  let sums: AlignedBuffer<Scalar>
  /// W, without the rows for columns of zeros.
  private let weights: AlignedBuffer<Scalar>
  private let outputs: Int

  init(columns: Range<Int>, masks: ColumnMasks?, outputs: Int, batchSize: Int) {
    self.masks = masks
    self.outputs = outputs
    runs = ColumnRuns(allOf: columns)
    values = AlignedBuffer(count: batchSize * columns.count)
    gradients = AlignedBuffer(count: columns.count * outputs)
    sums = AlignedBuffer(count: batchSize * outputs)
    weights = AlignedBuffer(count: masks == nil ? 0 : columns.count * outputs)
  }

  /// W[R, :] without the rows for columns of zeros. To copy the others costs far less than to multiply by zeros.
  func activeWeights(_ parameters: UnsafePointer<Scalar>) -> UnsafePointer<Scalar> {
    let own = unsafe parameters + runs.columns.lowerBound * outputs
    guard runs.activeCount < runs.columns.count else { return unsafe own }
    var position = unsafe weights.pointer
    for number in 0..<runs.count {
      let run = runs[number]
      unsafe position.update(from: own + run.start * outputs, count: run.count * outputs)
      unsafe position += run.count * outputs
    }
    return unsafe UnsafePointer(weights.pointer)
  }
}
