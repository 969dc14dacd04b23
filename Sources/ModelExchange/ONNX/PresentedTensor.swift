import BinaryIO
import ModelFormat

/// A tensor as a model has it: as it is stored, or in the layout and size that our layers have.
struct PresentedTensor {
  /// What is done to the stored values.
  enum Layout: Equatable {
    case stored
    /// A matrix whose rows become columns.
    case transposed
    /// One number, as often as it is needed; nothing is stored.
    case repeated(Float)
  }

  let description: TensorDescription
  /// The stored tensor; nil where there is none.
  let message: TensorMessage?
  private let layout: Layout
  /// What numbers are multiplied by.
  private let factor: Float

  /// A tensor as it is stored; nil for texts.
  ///
  /// - Throws: what `TensorMessage.description()` throws.
  init?(_ message: TensorMessage) throws(ModelFormatError) {
    guard let description = try message.description() else { return nil }
    self.description = description
    self.message = message
    (layout, factor) = (.stored, 1)
  }

  /// Numbers of 32 bits that are all the same.
  init(_ number: Float, named name: String, count: Int) throws(ModelFormatError) {
    description = try TensorDescription(name: name, dataType: .float32, shape: [count])
    message = nil
    (layout, factor) = (.repeated(number), 1)
  }

  /// The same tensor in another shape of the same size, transposed if need be, and multiplied.
  ///
  /// - Throws: `invalidTensor` for a shape that no tensor can have.
  init(
    _ tensor: PresentedTensor, shape: [Int], isTransposed: Bool, factor: Float
  ) throws(ModelFormatError) {
    let stored = tensor.description
    // What is changed is numbers, and no longer in blocks.
    let isChanged = isTransposed || factor != 1
    description =
      if let encoding = stored.encoding, !isChanged {
        try TensorDescription(name: stored.name, encoding: encoding, shape: shape)
      } else {
        try TensorDescription(name: stored.name, dataType: stored.dataType, shape: shape)
      }
    message = tensor.message
    layout = isTransposed ? .transposed : tensor.layout
    self.factor = factor
  }

  /// Whether both are the same view of one tensor.
  func isView(like other: PresentedTensor) -> Bool {
    description == other.description && layout == other.layout && factor == other.factor
  }

  var byteCountInFile: Int {
    switch message?.place {
    case .range(let range)?: range.count
    case .typed?: message?.range.count ?? 0
    case .external?, TensorMessage.Place.none?, nil: 0
    }
  }
}

extension PresentedTensor {
  /// The values as numbers.
  ///
  /// - Throws: `unsupported` for elements that are no numbers; any error about where they are stored that shows already.
  func values(in source: any RandomAccessSource) throws(ModelFormatError) -> any TensorValues {
    if case .repeated(let number) = layout { return RepeatedNumber(number, count: description.count) }
    guard let message else { return RepeatedNumber(0, count: description.count) }
    do { try description.checkNumbers() } catch { throw error.at(path: source.name) }
    var values = try message.values(in: source, encoded: false)
    if layout == .transposed {
      values = TransposedValues(
        values, isSlow: message.isSlow, rows: description.shape[1], columns: description.shape[0],
        elementSize: description.dataType.byteCount)
    }
    return factor == 1 ? values : ScaledValues(values, by: factor)
  }

  /// The values as they are stored, where they are presented as they are; else as numbers.
  func encodedValues(in source: any RandomAccessSource) throws(ModelFormatError) -> any TensorValues {
    guard layout == .stored, factor == 1, let message else { return try values(in: source) }
    return try message.values(in: source, encoded: true)
  }
}
