import LinearAlgebra
public import ModelFormat

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Spectrum {
  /// How many matrices of shuffled elements σ₁ is compared with.
  private static let shuffleCount = 5
  /// Their σ₁ differ by percents among one another: six digits are plenty.
  private static let shuffleTolerance = 1e-7
  /// How often the values of a matrix that is not held are read.
  static let maximumWalkCount = 40

  /// The spectrum of a tensor of a source, on one thread.
  ///
  /// O(rows · columns · min(rows, columns)) time with all singular values, otherwise O(steps · elements); the memory of
  /// two copies of the matrix as `Double` up to `SpectrumCost.maximumCompleteCount` elements, one up to
  /// `SpectrumCost.maximumHeldCount`, and of a few rows above. LAPACK is loaded for the first spectrum that needs it.
  ///
  /// - Throws: what a spectrum cannot be computed of, and why.
  public init(of tensor: TensorDescription, in source: any ModelSource) throws(SpectrumError) {
    let pieces: TensorPieces
    do throws(ModelFormatError) {
      pieces = try TensorPieces(source, source.contents, tensor)
    } catch { throw .values(error) }
    try self.init(of: tensor, pieces)
  }

  private init(of tensor: TensorDescription, _ pieces: TensorPieces) throws(SpectrumError) {
    guard let (rows, columns, isKernel) = Spectrum.matrix(of: tensor) else {
      throw .noMatrix(shape: tensor.shape, dataType: tensor.dataType)
    }
    guard columns <= SpectrumCost.maximumColumnCount else { throw .tooLarge(columns: columns) }
    var matrix = try MatrixRows(MatrixElements(pieces), rows: rows, columns: columns)
    let isComplete = SpectrumCost.isComplete(rows: rows, columns: columns)
    let iterated = isComplete ? nil : try Spectrum.largest(of: matrix)
    var singular = iterated.map { [$0.value] } ?? []
    if isComplete { singular = try Spectrum.singularValues(of: matrix) }
    let unit = Double(sign: .plus, exponent: matrix.exponent, significand: 1)
    let largest = singular.first ?? 0
    let epsilon = max(0x1p-52, tensor.dataType == .float64 ? 0 : 0x1p-23)
    let tolerance = largest * Double(max(rows, columns)) * epsilon
    self.rows = rows
    self.columns = columns
    self.isKernel = isKernel
    method = isComplete ? .complete : .largestOnly
    isSettled = iterated?.isSettled ?? true
    sigma1 = largest * unit
    rankTolerance = tolerance * unit
    stableRank = try Spectrum.stableRank(of: matrix, largest)
    effectiveRank = isComplete ? Spectrum.effectiveRank(of: singular) : nil
    rank = isComplete ? singular.count { $0 > tolerance } : nil
    condition = isComplete ? Spectrum.condition(of: singular) : nil
    values = Spectrum.thinned(singular.map { $0 * unit })
    shuffledSigma1Ratio = try Spectrum.shuffledRatio(of: &matrix, largest)
  }

  private static func singularValues(of matrix: MatrixRows) throws(SpectrumError) -> [Double] {
    if matrix.isZero { return [Double](repeating: 0, count: min(matrix.rows, matrix.columns)) }
    var elements = matrix.held ?? []
    do throws(BLASError) {
      let library = try LAPACK()
      let result = unsafe elements.withUnsafeMutableBufferPointer { elements in
        Result { () throws(BLASError) in
          try unsafe library.singularValues(of: elements, rows: matrix.rows, columns: matrix.columns)
        }
      }
      return try result.get()
    } catch { throw .library("\(error)") }
  }

  /// σ₁ of the scaled elements.
  private static func largest(
    of matrix: MatrixRows, tolerance: Double = LanczosIteration.tolerance
  ) throws(SpectrumError) -> LanczosIteration.Outcome {
    do throws(ModelFormatError) {
      return try LanczosIteration.largestSingularValue(
        of: matrix, maximumStepCount: matrix.held == nil ? maximumWalkCount : LanczosIteration.maximumStepCount,
        tolerance: tolerance)
    } catch { throw .values(error) }
  }

  /// Σσ² is Σa² too, so that this needs no other singular value than σ₁.
  private static func stableRank(of matrix: MatrixRows, _ largest: Double) throws(SpectrumError) -> Double? {
    guard largest > 0 else { return nil }
    var squares = 0.0
    do throws(ModelFormatError) {
      try unsafe matrix.forEachRow { row in
        var sum = SIMD8<Double>()
        for index in unsafe 0..<row.vectorCount {
          let elements = unsafe row.vector(at: index, filling: 0)
          sum += elements * elements
        }
        squares += sum.sum()
      }
    } catch { throw .values(error) }
    return squares / (largest * largest)
  }

  private static func effectiveRank(of singular: [Double]) -> Double? {
    let squares = singular.map { $0 * $0 }
    let total = squares.reduce(0, +)
    guard total > 0 else { return nil }
    var entropy = 0.0
    // 0 ln 0 is 0.
    for square in squares where square > 0 { entropy -= square / total * log(square / total) }
    return exp(entropy)
  }

  private static func condition(of singular: [Double]) -> Double? {
    guard let first = singular.first, let last = singular.last, last > 0 else { return nil }
    let quotient = first / last
    return quotient.isFinite ? quotient : nil
  }

  static func thinned(_ values: [Double]) -> [Double] {
    guard values.count > maximumValueCount else { return values }
    return (0..<maximumValueCount).map { values[$0 * (values.count - 1) / (maximumValueCount - 1)] }
  }

  private static func shuffledRatio(
    of matrix: inout MatrixRows, _ largest: Double
  ) throws(SpectrumError) -> Double? {
    guard largest > 0, let count = matrix.held?.count, count <= SpectrumCost.maximumShuffledCount else { return nil }
    // The length of a vector does not depend on the order.
    if min(matrix.rows, matrix.columns) == 1 { return 1 }
    // Shuffling what has been shuffled is as random as shuffling the original.
    var (random, sum) = (SeededNumbers(seed: 1), 0.0)
    for _ in 0..<shuffleCount {
      matrix.shuffle(&random)
      sum += try Spectrum.largest(of: matrix, tolerance: shuffleTolerance).value
    }
    return largest / (sum / Double(shuffleCount))
  }
}
