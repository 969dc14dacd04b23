/// The buffers of a `Workspace`, and how many numbers each holds: what is allocated, checked and foretold.
///
/// For training each layer has its own output, because the backward pass needs it; only those that may, and whose input
/// is not read again, write over their input. For inference two buffers take turns, unless the outputs are wanted.
struct WorkspaceLayout: Sendable {
  /// How many numbers a buffer holds.
  struct Extent: Sendable {
    var perRow = 0
    var fixed = 0

    func count(rows: Int) -> Int { fixed + rows * perRow }
  }

  /// The most rows of a pass.
  let capacity: Int
  let mode: PassMode
  /// The buffer of the input, and after it those of outputs.
  let values: [Extent]
  /// Which of `values` each layer writes its output to.
  let outputPlaces: [Int]
  /// What layers keep from the forward pass for the backward pass.
  let scratch: [Extent]
  /// ∂L/∂(the output of a layer): two buffers that take turns in training, one that only the loss writes to in inference.
  let gradients: [Extent]
  let targets: Extent

  /// - Parameters:
  ///   - hasInput: Whether passes begin with the first layer, and so with an input.
  ///   - keepsOutputs: Whether the output of each layer stays in inference too, for a look at all of them.
  init<Scalar: NetworkScalar>(
    of architecture: Architecture<Scalar>, capacity: Int, mode: PassMode, hasInput: Bool = true,
    keepsOutputs: Bool = false
  ) {
    self.capacity = capacity
    self.mode = mode
    let layers = architecture.layers
    let widest = Extent(perRow: layers.reduce(architecture.inputCount) { max($0, $1.outputCount) })
    let output = Extent(perRow: architecture.outputCount)
    var values = [Extent(perRow: hasInput ? architecture.inputCount : 0)]
    switch mode {
    case .training:
      outputPlaces = zip(layers, architecture.overwritesInput).map { layer, overwrites in
        if !overwrites { values.append(Extent(perRow: layer.outputCount)) }
        return values.count - 1
      }
      gradients = [widest, widest]
    case .inference where keepsOutputs:
      values += layers.map { Extent(perRow: $0.outputCount) }
      outputPlaces = Array(1...max(layers.count, 1))
      gradients = [output]
    case .inference:
      values += [widest, widest]
      var place = 1
      outputPlaces = layers.map { layer in
        if !layer.memoryUse.worksInPlace { place = 3 - place }
        return place
      }
      gradients = [output]
    }
    self.values = values
    scratch = layers.map { Extent(perRow: $0.scratchCountPerRow, fixed: $0.fixedScratchCount) }
    targets = output
  }

  /// The memory of one worker for inference. How many rows it takes depends on the layers alone.
  static func inference<Scalar: NetworkScalar>(of architecture: Architecture<Scalar>) -> WorkspaceLayout {
    // Not the sum of all buffers, but near it: losses are summed up by workspaces, and another capacity rounds otherwise.
    let widths = architecture.layers.map { $0.outputCount + $0.scratchCountPerRow }
    let perRow =
      architecture.inputCount + 2 * max(architecture.inputCount, widths.max() ?? 0) + 2 * architecture.outputCount
    return WorkspaceLayout(of: architecture, capacity: max(1, min(512, (1 << 21) / perRow)), mode: .inference)
  }

  private var buffers: [Extent] { values + scratch + gradients + [targets] }

  /// The numbers that each row takes.
  var perRow: Int { buffers.reduce(0) { $0 + $1.perRow } }
  /// The numbers that are there however many rows there are.
  var fixed: Int { buffers.reduce(0) { $0 + $1.fixed } }

  /// The numbers of all buffers. In floating point nothing overflows, and sums of whole numbers up to 2⁵³ are exact.
  var elementCount: Double { Double(capacity) * Double(perRow) + Double(fixed) }

  /// Checks that all buffers together keep within the limit of elements.
  ///
  /// - Throws: `NetworkError` with the code `tooLarge`.
  func check(at place: String) throws(NetworkError) {
    let (count, overflow) = perRow.multipliedReportingOverflow(by: capacity)
    guard !overflow, fixed <= SizeLimits.elements, count <= SizeLimits.elements - fixed else {
      throw NetworkError(
        .tooLarge, at: place, expected: "a working memory of at most \(SizeLimits.elements) numbers",
        found: "\(perRow) numbers for each of \(capacity) samples" + (fixed > 0 ? ", and \(fixed) for all" : ""))
    }
  }
}
