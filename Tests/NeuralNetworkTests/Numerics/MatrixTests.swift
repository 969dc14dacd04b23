import NeuralNetwork
import Testing

struct MatrixTests {
  @Test func elementsLieRowByRow() throws {
    var matrix = try Matrix<Double>([[1, 2, 3], [4, 5, 6]])
    #expect(matrix.elements == [1, 2, 3, 4, 5, 6])
    #expect(matrix[1, 0] == 4)
    #expect(Array(matrix.row(1)) == [4, 5, 6])
    matrix[0, 2] = 9
    #expect(try matrix == Matrix(rows: 2, columns: 3, elements: [1, 2, 9, 4, 5, 6]))
  }

  @Test func countsThatDoNotFitAreRefusedWithEvidence() {
    let error = networkError { _ = try Matrix<Float>(rows: 2, columns: 3, elements: [1, 2]) }
    #expect(error?.code == .countMismatch)
    #expect(error?.description == "matrix: expected 2 × 3 elements, found 2")
    #expect(networkError { _ = try Matrix<Float>(rows: -1, columns: 0, elements: []) }?.code == .invalidShape)
    #expect(
      networkError { _ = try Matrix<Float>(rows: .max, columns: 4, elements: []) }?.code == .countMismatch)
    #expect(networkError { _ = try Matrix<Float>([[1, 2], [3]]) }?.place == "matrix row 1")
  }
}
