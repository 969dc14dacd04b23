import LinearAlgebra
import ModelFormat

/// How much work on whole matrices a comparison may still do: they are held in memory, and singular values take a time
/// of rows · columns · min(rows, columns).
struct MatrixBudget {
  /// The largest matrix: 2 × 32 MiB as `Double`.
  static let maximumElements = 1 << 22
  /// The largest product rows · columns · min(rows, columns): about a tenth of a second.
  static let maximumProduct = 1 << 28

  private var products: Int
  private var elements = 1 << 24
  private var iterated: Int
  /// How many steps an iteration for σ₁ may have.
  let maximumStepCount: Int

  /// - Parameters:
  ///   - products: the rows · columns · min(rows, columns) of all matrices together whose singular values are all computed.
  ///   - iterated: the elements of all matrices together whose σ₁ may be iterated for.
  ///   - maximumStepCount: how many steps each of these iterations may have.
  init(
    products: Int = MatrixBudget.productsOfAll, iterated: Int = MatrixBudget.iteratedOfAll, maximumStepCount: Int = 60
  ) {
    self.products = products
    self.iterated = iterated
    self.maximumStepCount = maximumStepCount
  }

  /// For no singular values at all.
  static let none = MatrixBudget(products: 0, iterated: 0)

  /// For all singular values: about a fifth of a second.
  static let productsOfAll = 1 << 29
  /// For σ₁ among all tensors: about a second.
  static let iteratedOfAll = 1 << 24
  /// For σ₁ of those that were asked for by name, up to 2³⁰ elements of matrices that are not held.
  static let iteratedOfChosen = 1 << 34
  /// How many times as long a step takes where the values are read anew for it.
  private static let rereadingFactor = 16

  /// Whether σ₁ of a matrix may be iterated for, which uses up the work.
  mutating func takeIteration(elements count: Int) -> Bool {
    let factor = count > SpectrumCost.maximumHeldCount ? MatrixBudget.rereadingFactor : 1
    guard count <= iterated / factor else { return false }
    iterated -= count * factor
    return true
  }

  /// Whether the singular values of a matrix may be computed, which uses up the work.
  mutating func takeSpectrum(rows: Int, columns: Int) -> Bool {
    guard rows > 1, columns > 1, rows <= MatrixBudget.maximumElements / columns else { return false }
    let product = rows * columns * min(rows, columns)
    guard product <= MatrixBudget.maximumProduct, product <= products else { return false }
    products -= product
    return true
  }

  /// Whether a matrix may be held against a transposed one, which uses up the work.
  mutating func takeTransposition(elements count: Int) -> Bool {
    guard count <= MatrixBudget.maximumElements, count <= elements else { return false }
    elements -= count
    return true
  }
}

/// Finds all singular values of a matrix.
struct SingularValueSolver: Sendable {
  /// Takes the elements, which are used up, rows and columns.
  let singularValues: @Sendable (inout [Double], Int, Int) -> Result<[Double], BLASError>

  /// LAPACK's `dgesdd`.
  static let lapack = SingularValueSolver { elements, rows, columns in
    Result { () throws(BLASError) in
      let library = try LAPACK()
      let result = unsafe elements.withUnsafeMutableBufferPointer { buffer in
        Result { () throws(BLASError) in
          try unsafe library.singularValues(of: buffer, rows: rows, columns: columns)
        }
      }
      return try result.get()
    }
  }
}
