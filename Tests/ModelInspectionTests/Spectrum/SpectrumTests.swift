import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

struct SpectrumTests {
  private struct Recorded: Decodable {
    let rows: Int
    let columns: Int
    let salt: Int
    let scale: Double
    let factorRank: Int
    let values: [Double]
    let stableRank: Double
    let effectiveRank: Double
    let rank: Int
    let condition: Double
    let shuffledRatio: Double

    /// The matrix that the script has.
    var elements: [Double] {
      guard factorRank > 0 else { return Oracle.numbers(rows * columns, salt: salt, scale: scale) }
      let left: [Double] = Oracle.numbers(rows * factorRank, salt: salt, scale: 1)
      let right: [Double] = Oracle.numbers(factorRank * columns, salt: salt + 1, scale: scale)
      return (0..<rows * columns).map { element in
        (0..<factorRank).reduce(0) { sum, inner in
          sum + left[element / columns * factorRank + inner] * right[inner * columns + element % columns]
        }
      }
    }
  }

  private func spectrum(_ elements: [Double], _ shape: [Int]) throws -> Spectrum {
    let model = try Model(topology: nil, tensors: [tensor(elements, shape: shape)])
    return try Spectrum(of: model.tensors[0].description, in: model)
  }

  private func error(_ tensor: Tensor) throws -> SpectrumError? {
    let model = try Model(topology: nil, tensors: [tensor])
    return #expect(throws: SpectrumError.self) { try Spectrum(of: tensor.description, in: model) }
  }

  @Test func `NumPy finds the same in matrices that are tall, wide, deficient, huge and tiny`() throws {
    let cases: [String: Recorded] = try Oracle.recorded("spectra.json")
    #expect(cases.count == 9)
    for (name, expected) in cases {
      let found = try spectrum(expected.elements, [expected.rows, expected.columns])
      #expect(found.method == .complete && found.rows == expected.rows && found.columns == expected.columns)
      #expect(found.values.count == expected.values.count && found.valueCount == expected.values.count)
      let largest = expected.values[0]
      for (value, reference) in zip(found.values, expected.values) {
        #expect((value - reference).magnitude <= 1e-13 * largest, "\(name)")
      }
      #expect(agree(found.sigma1, largest) && found.rank == expected.rank, "\(name)")
      #expect(agree(found.stableRank, expected.stableRank, within: 1e-12), "\(name)")
      #expect(agree(found.effectiveRank, expected.effectiveRank, within: 1e-11), "\(name)")
      #expect(agree(found.shuffledSigma1Ratio, expected.shuffledRatio, within: 1e-6), "\(name)")
      // What rounding leaves of 0 is no number to compare.
      if expected.rank == expected.values.count {
        #expect(agree(found.condition, expected.condition, within: 1e-9), "\(name)")
      } else {
        #expect((found.condition ?? .infinity) > 1e12, "\(name)")
      }
    }
  }

  @Test func `A diagonal matrix has its elements for singular values`() throws {
    // Σσ² / σ₁² = 30 / 16; p = 16/30, 9/30, 4/30, 1/30.
    let found = try spectrum([0, -3, 0, 0, 4, 0, 0, 0, 0, 0, 0, 1, 0, 0, -2, 0], [4, 4])
    #expect(zip(found.values, [4.0, 3, 2, 1]).allSatisfy { agree($0, $1) })
    #expect(agree(found.stableRank, 1.875) && found.rank == 4 && agree(found.condition, 4))
    #expect(agree(found.effectiveRank, 2.9402, within: 1e-4) && !found.isKernel)
    #expect(agree(found.rankTolerance, 4 * 4 * 0x1p-52))
  }

  @Test func `A constant matrix has rank 1, and is as it is in any order`() throws {
    let found = try spectrum([Double](repeating: -0.5, count: 600), [30, 20])
    #expect(agree(found.sigma1, 0.5 * 600.0.squareRoot()) && found.rank == 1)
    #expect(agree(found.stableRank, 1) && agree(found.effectiveRank, 1, within: 1e-9))
    #expect(agree(found.shuffledSigma1Ratio, 1, within: 1e-12))
  }

  @Test func `A matrix of zeros has rank 0 and nothing to divide by`() throws {
    let found = try spectrum([Double](repeating: 0, count: 12), [4, 3])
    #expect(found.sigma1 == 0 && found.rank == 0 && found.values == [0, 0, 0])
    #expect(found.stableRank == nil && found.effectiveRank == nil && found.condition == nil)
    #expect(found.shuffledSigma1Ratio == nil)
  }

  @Test func `A structure shows against shuffled elements, and random numbers have none`() throws {
    var random = SplitMix64(seed: 3)
    let noise = (0..<60 * 50).map { _ in Double.random(in: -1...1, using: &random) }
    let ratio = try #require(try spectrum(noise, [60, 50]).shuffledSigma1Ratio)
    #expect((0.9...1.1).contains(ratio))
    let product = (0..<60 * 50).map { noise[$0 / 50] * noise[$0 % 50] }
    let structured = try #require(try spectrum(product, [60, 50]).shuffledSigma1Ratio)
    #expect(structured > 3)
  }

  @Test func `Kernels are taken as a row for each filter`() throws {
    let elements: [Double] = Oracle.numbers(4 * 3 * 2 * 2, salt: 1, scale: 8)
    let kernel = try spectrum(elements, [4, 3, 2, 2])
    let matrix = try spectrum(elements, [4, 12])
    #expect(kernel.isKernel && kernel.rows == 4 && kernel.columns == 12 && kernel.values == matrix.values)
  }

  @Test func `Short types have the epsilon of f32`() throws {
    for (type, epsilon) in [(DataType.float16, 0x1p-23), (.bfloat16, 0x1p-23), (.float32, 0x1p-23)] {
      let description = try TensorDescription(name: "w", dataType: type, shape: [2, 2])
      let one: [UInt8] = type == .float16 ? [0, 0x3C] : type == .bfloat16 ? [0x80, 0x3F] : [0, 0, 0x80, 0x3F]
      let zero = [UInt8](repeating: 0, count: one.count)
      let model = try Model(topology: nil, tensors: [Tensor(description, bytes: one + zero + zero + one)])
      let found = try Spectrum(of: description, in: model)
      #expect(found.values == [1, 1] && found.rank == 2 && found.rankTolerance == 2 * epsilon)
    }
  }

  @Test func `Of many singular values 512 are kept, with the first and the last`() {
    let values = (0..<600).map { Double(600 - $0) }
    let kept = Spectrum.thinned(values)
    #expect(kept.count == Spectrum.maximumValueCount && kept.first == 600 && kept.last == 1)
    #expect(zip(kept.dropFirst(), kept).allSatisfy { $1 - $0 == 1 || $1 - $0 == 2 })
    #expect(Spectrum.thinned(Array(values.prefix(512))) == Array(values.prefix(512)))
  }

  @Test func `What is no matrix of finite numbers has no spectrum, and says why`() throws {
    #expect(try error(tensor([1, 2, 3])) == .noMatrix(shape: [3], dataType: .float64))
    #expect(try error(tensor([1, 2, 3], shape: [1, 1, 3])) == .noMatrix(shape: [1, 1, 3], dataType: .float64))
    #expect(try error(tensor([], shape: [0, 5])) == .noMatrix(shape: [0, 5], dataType: .float64))
    let integers = try Tensor(TensorDescription(name: "i", dataType: .int8, shape: [1, 2]), bytes: [1, 2])
    #expect(try error(integers) == .noMatrix(shape: [1, 2], dataType: .int8))
    #expect(try error(tensor([1, .nan, .infinity, 2], shape: [2, 2])) == .nonFinite(count: 2))
    let wide = try tensor([Double](repeating: 0, count: (1 << 22) + 1), shape: [1, (1 << 22) + 1])
    #expect(try error(wide) == .tooLarge(columns: (1 << 22) + 1))
  }

  @Test func `Tensors cut into any pieces have the same spectrum`() throws {
    let matrix = try tensor(Oracle.numbers(40 * 30, salt: 2, scale: 16), shape: [40, 30])
    let model = try Model(topology: nil, tensors: [matrix])
    let expected = try Spectrum(of: matrix.description, in: model)
    for pieceSize in [8, 104, 9600] {
      #expect(try Spectrum(of: matrix.description, in: CutSource([matrix], pieceSize: pieceSize)) == expected)
    }
  }

  @Test func `The iteration of Lanczos finds what LAPACK finds, in memory and walk by walk`() throws {
    let cases: [String: Recorded] = try Oracle.recorded("spectra.json")
    for (name, expected) in cases {
      let matrix = try tensor(expected.elements, shape: [expected.rows, expected.columns])
      for isHeld in [true, false] {
        let rows = try MatrixRows(
          MatrixElements(TensorPieces(matrix)), rows: expected.rows, columns: expected.columns,
          maximumHeldCount: isHeld ? .max : 0)
        #expect((rows.held != nil) == isHeld)
        let largest = try LanczosIteration.largestSingularValue(of: rows)
        let unit = Double(sign: .plus, exponent: rows.exponent, significand: 1)
        #expect(largest.isSettled && agree(largest.value * unit, expected.values[0], within: 1e-9), "\(name)")
      }
    }
  }

  @Test func `An iteration that ends before its digits settle says so`() throws {
    let elements: [Double] = Oracle.numbers(60 * 50, salt: 4, scale: 1)
    let matrix = try tensor(elements, shape: [60, 50])
    let rows = try MatrixRows(MatrixElements(TensorPieces(matrix)), rows: 60, columns: 50)
    let whole = try LanczosIteration.largestSingularValue(of: rows)
    let short = try LanczosIteration.largestSingularValue(of: rows, maximumStepCount: 3)
    #expect(whole.isSettled && !short.isSettled && short.value < whole.value)
  }

  @Test func `The cost grows with the matrix, and what has no spectrum costs nothing`() throws {
    func seconds(_ shape: [Int], _ type: DataType = .float32) throws -> Double {
      SpectrumCost.estimatedSeconds(of: try TensorDescription(name: "w", dataType: type, shape: shape))
    }
    #expect(try seconds([50]) == 0 && seconds([50, 10], .int8) == 0 && seconds([0, 4]) == 0)
    let costs = try [[10, 10], [784, 50], [784, 512], [1600, 1600], [1 << 14, 1 << 14]].map { try seconds($0) }
    #expect(zip(costs, costs.dropFirst()).allSatisfy { $0 < $1 })
    #expect(try seconds([1 << 30, 1 << 30]).isFinite)
  }
}
