import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

struct MatrixReductionTests {
  private func reduction(_ tensor: Tensor) throws -> MatrixReduction? {
    try MatrixReduction(of: tensor.description, in: try CutSource([tensor], pieceSize: 24))
  }

  @Test func `A small matrix is shown as it is`() throws {
    let found = try #require(try reduction(tensor([1, 2, 3, 4, 5, -6], shape: [2, 3])))
    #expect(found.isExact && found.width == 3 && found.height == 2)
    #expect(found.values == [1, 2, 3, 4, 5, -6])
  }

  @Test func `Vectors are a row, kernels a row for each unit, and a scalar is a point`() throws {
    let vector = try #require(try reduction(tensor([1, 2, 3])))
    #expect(vector.rows == 1 && vector.columns == 3)
    let kernel = try #require(try reduction(tensor((0..<24).map(Double.init), shape: [2, 3, 2, 2])))
    #expect(kernel.rows == 2 && kernel.columns == 12 && kernel.values[12] == 12)
    let scalar = try #require(try reduction(tensor([7], shape: [])))
    #expect(scalar.rows == 1 && scalar.columns == 1 && scalar.values == [7])
  }

  @Test func `What is not finite is left out of its block, and a block of nothing else is not a number`() throws {
    // Blocks of two columns: 129 columns, of which the last stands alone.
    var values = [Double](repeating: 1, count: 129)
    (values[0], values[1]) = (.nan, 5)
    (values[2], values[3]) = (.infinity, -.infinity)
    let found = try #require(try reduction(tensor(values, shape: [1, 129])))
    #expect(found.blockColumns == 2 && found.width == 65)
    #expect(found.values[0] == 5 && found.values[1].isNaN && found.values[2] == 1 && found.values[64] == 1)
  }

  @Test func `Empty tensors and those of a size that only a header claims have no picture`() throws {
    #expect(try reduction(tensor([], shape: [0, 3])) == nil)
    let huge = try TensorDescription(name: "w", dataType: .float32, shape: [1 << 20, 1 << 20])
    #expect(!MatrixReduction.isPossible(huge))
    #expect(try MatrixReduction(of: huge, in: try CutSource([], pieceSize: 8)) == nil)
  }

  @Test func `A difference of small matrices has its sign, and other shapes have none`() throws {
    let (a, b) = (try tensor([1, 2, .nan, 4], shape: [2, 2]), try tensor([3, 2, 1, 1], shape: [2, 2]))
    let (left, right) = (try CutSource([a], pieceSize: 8), try CutSource([b], pieceSize: 16))
    let found = try #require(
      try MatrixReduction(ofDifference: a.description, in: left, and: b.description, in: right))
    #expect(found.measure == .mean && found.values[0] == 2 && found.values[1] == 0)
    #expect(found.values[2].isNaN && found.values[3] == -3)
    let other = try tensor([3, 2, 1, 1], shape: [4, 1])
    let source = try CutSource([other], pieceSize: 8)
    #expect(try MatrixReduction(ofDifference: a.description, in: left, and: other.description, in: source) == nil)
  }
}
