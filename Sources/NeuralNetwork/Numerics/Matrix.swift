/// A dense matrix whose rows lie one after another in memory.
public struct Matrix<Scalar: NetworkScalar>: Sendable, Equatable {
  /// The number of rows; in a mini-batch, the number of samples.
  public let rows: Int
  /// The number of columns; in a mini-batch, the number of values of one sample.
  public let columns: Int
  /// All elements, row by row: element (r, c) is at `r * columns + c`.
  public private(set) var elements: [Scalar]

  /// Creates a matrix from its elements, row by row.
  ///
  /// - Throws: `NetworkError` with the code `countMismatch` if there are not `rows * columns` elements,
  ///   `invalidShape` if a count is negative.
  public init(rows: Int, columns: Int, elements: [Scalar]) throws(NetworkError) {
    guard rows >= 0, columns >= 0 else {
      throw NetworkError(
        .invalidShape, at: "matrix", expected: "rows and columns of at least 0", found: "\(rows) × \(columns)"
      )
    }
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow, count == elements.count else {
      throw NetworkError(
        .countMismatch, at: "matrix", expected: "\(rows) × \(columns) elements", found: "\(elements.count)")
    }
    self.init(uncheckedRows: rows, columns: columns, elements: elements)
  }

  /// Creates a matrix from its rows.
  ///
  /// - Throws: `NetworkError` with the code `countMismatch` if the rows differ in length.
  public init(_ rows: [[Scalar]]) throws(NetworkError) {
    let columns = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() where row.count != columns {
      throw NetworkError(
        .countMismatch, at: "matrix row \(index)", expected: "\(columns) elements", found: "\(row.count)")
    }
    self.init(uncheckedRows: rows.count, columns: columns, elements: Array(rows.joined()))
  }

  /// Creates a matrix from elements whose number is known to fit.
  init(uncheckedRows rows: Int, columns: Int, elements: [Scalar]) {
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The element of `row` and `column`. As with an array, an index outside the matrix is a program error.
  public subscript(row: Int, column: Int) -> Scalar {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// The elements of one row.
  public func row(_ index: Int) -> ArraySlice<Scalar> {
    elements[index * columns..<(index + 1) * columns]
  }
}
