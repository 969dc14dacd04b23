public import ModelFormat

/// A matrix brought down to a few rows and columns, block by block, for a picture.
public struct MatrixReduction: Equatable, Sendable {
  /// A picture has at most so many rows, and so many columns.
  public static let maximumSide = 128
  /// Tensors with more elements have no picture: it takes a look at each of them.
  public static let maximumCount = 1 << 28

  /// What a block becomes.
  public enum Measure: Sendable {
    /// Its mean, Σx / n.
    case mean
    /// Its root mean square, √(Σx² / n): what goes up and down does not cancel out.
    case rootMeanSquare
  }

  /// The rows of the matrix: the first dimension of the tensor; 1 for a vector.
  public let rows: Int
  /// The columns of the matrix: all other dimensions together.
  public let columns: Int
  /// How many rows of the matrix there are to one of the picture; the last may have fewer.
  public let blockRows: Int
  /// How many columns there are to one.
  public let blockColumns: Int
  /// What a block was brought down to.
  public let measure: Measure
  private var sums: [Double]
  private var counts: [Int]

  /// The columns of the picture.
  public var width: Int { (columns - 1) / blockColumns + 1 }
  /// The rows of the picture.
  public var height: Int { (rows - 1) / blockRows + 1 }
  /// Whether values of the picture are values of the matrix.
  public var isExact: Bool { blockRows == 1 && blockColumns == 1 }

  /// The picture row by row, over the finite values of each block; NaN for a block without any.
  public var values: [Double] {
    sums.indices.map { index in
      guard counts[index] > 0 else { return .nan }
      let mean = sums[index] / Double(counts[index])
      return switch measure {
      case .mean: mean
      case .rootMeanSquare: mean.squareRoot()
      }
    }
  }

  /// Whether a tensor has a picture: one with elements, and not too many of them.
  public static func isPossible(_ tensor: TensorDescription) -> Bool {
    (1...maximumCount).contains(tensor.count)
  }

  /// An empty picture of a tensor; nil where none is possible.
  init?(_ tensor: TensorDescription, _ measure: Measure) {
    guard MatrixReduction.isPossible(tensor) else { return nil }
    rows = tensor.shape.count > 1 ? tensor.shape[0] : 1
    columns = tensor.count / rows
    blockRows = (rows - 1) / MatrixReduction.maximumSide + 1
    blockColumns = (columns - 1) / MatrixReduction.maximumSide + 1
    self.measure = measure
    let size = ((rows - 1) / blockRows + 1) * ((columns - 1) / blockColumns + 1)
    sums = [Double](repeating: 0, count: size)
    counts = [Int](repeating: 0, count: size)
  }

  /// Adds values to the blocks that they are in, in their order.
  ///
  /// - Parameter first: the place of the first of them in the tensor.
  mutating func add(_ block: UnsafeBufferPointer<Double>, first: Int) {
    var (row, column) = (first / columns, first % columns)
    let width = width
    for index in 0..<block.count {
      let value = unsafe block[index]
      if value.isFinite {
        let place = row / blockRows * width + column / blockColumns
        sums[place] += measure == .mean ? value : value * value
        counts[place] += 1
      }
      column += 1
      if column == columns { (row, column) = (row + 1, 0) }
    }
  }
}

extension MatrixReduction {
  /// A tensor of a model. O(elements); the memory of one piece and of the picture.
  ///
  /// - Returns: nil where no picture is possible.
  /// - Throws: any error about the values.
  public init?(
    of tensor: TensorDescription, in source: any ModelSource, _ measure: Measure = .mean
  ) throws(ModelFormatError) {
    guard var result = MatrixReduction(tensor, measure) else { return nil }
    try unsafe TensorPieces(source, source.contents, tensor).forEachBlock { first, block in
      unsafe result.add(block, first: first)
      return true
    }
    self = result
  }

  /// Right − left of two tensors with one shape; pairs that are not finite are left out. O(elements); the memory of a piece
  /// of each and of the picture.
  ///
  /// The mean where the matrix is small enough to be shown as it is, and the root mean square otherwise.
  /// - Returns: nil where no picture is possible, or shapes differ.
  /// - Throws: any error about the values.
  public init?(
    ofDifference left: TensorDescription, in leftSource: any ModelSource, and right: TensorDescription,
    in rightSource: any ModelSource
  ) throws(ModelFormatError) {
    guard left.shape == right.shape, let shape = MatrixReduction(left, .mean),
      var result = MatrixReduction(left, shape.isExact ? .mean : .rootMeanSquare)
    else { return nil }
    let pair = (
      try TensorPieces(leftSource, leftSource.contents, left),
      try TensorPieces(rightSource, rightSource.contents, right)
    )
    try unsafe TensorPieces.forEachDifference(pair.0, pair.1, count: left.count) { first, block in
      unsafe result.add(block, first: first)
    }
    self = result
  }
}
