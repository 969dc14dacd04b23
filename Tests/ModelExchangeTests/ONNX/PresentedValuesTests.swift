import ModelFormat
import TestSupport
import Testing

@testable import ModelExchange

/// Values that are handed out in another layout than they are stored in.
struct PresentedValuesTests {
  private func values(_ shape: [Int], _ type: DataType) throws -> MemoryValues {
    let description = try TensorDescription(name: "a", dataType: type, shape: shape)
    return MemoryValues(
      try Tensor(description, bytes: (0..<description.byteCount).map { UInt8(truncatingIfNeeded: $0 * 7) }))
  }

  @Test(arguments: [DataType.uint8, .float16, .float32, .float64], [false, true])
  func `any range of a transposed matrix is that of the whole`(type: DataType, isSlow: Bool) throws {
    let (rows, columns, size) = (5, 7, type.byteCount)
    let stored = try values([rows, columns], type)
    let bytes = try stored.withValues(in: 0..<stored.byteCount) { Array($0) }
    var expected: [UInt8] = []
    for column in 0..<columns {
      for row in 0..<rows { expected += bytes[(row * columns + column) * size..<(row * columns + column + 1) * size] }
    }
    let transposed = TransposedValues(stored, isSlow: isSlow, rows: rows, columns: columns, elementSize: size)
    for start in 0..<expected.count {
      for end in stride(from: start, through: expected.count, by: 5) {
        let read = try transposed.withValues(in: start..<end) { Array($0) }
        #expect(read == Array(expected[start..<end]))
      }
    }
  }

  @Test(arguments: [(3, 5), (1 << 20, 3), (3, 1 << 20), (1 << 22, 1)])
  func `pieces of a transposed matrix have whole columns and are not much larger than others`(
    rows: Int, columns: Int
  ) throws {
    let description = try TensorDescription(name: "a", dataType: .float32, shape: [rows, columns])
    let stored = RepeatedNumber(0, count: description.count)
    let values = TransposedValues(stored, isSlow: false, rows: rows, columns: columns, elementSize: 4)
    #expect(values.pieceSize % (rows * 4) == 0)
    #expect(values.pieceSize <= max(1 << 24, rows * 4))
  }

  @Test func `empty matrices can be transposed`() throws {
    let values = TransposedValues(try values([0, 4], .float32), isSlow: false, rows: 0, columns: 4, elementSize: 4)
    #expect(values.byteCount == 0)
    #expect(values.pieceCount == 0)
  }

  @Test func `any range of multiplied numbers is that of all`() throws {
    let numbers: [Float] = [1, -2, 0.5, .infinity, 3]
    let tensor = try Tensor(name: "a", shape: [5], values: numbers)
    let expected = ONNXBytes.little(numbers.map { $0 * 3 })
    let values = ScaledValues(MemoryValues(tensor), by: 3)
    for start in 0..<expected.count {
      for end in start...expected.count {
        #expect(try values.withValues(in: start..<end) { Array($0) } == Array(expected[start..<end]))
      }
    }
    #expect(throws: ModelFormatError.self) { try values.withValues(in: 16..<21) { _ in } }
  }

  @Test func `one number is repeated from any place on`() throws {
    let values = RepeatedNumber(1.5, count: 3)
    let expected = ONNXBytes.little([1.5, 1.5, 1.5])
    for start in 0..<expected.count {
      #expect(try values.withValues(in: start..<expected.count) { Array($0) } == Array(expected[start...]))
    }
    #expect(values.repeatedElement(ofPiece: 0)?.bits == 0x3FC0_0000)
  }

  @Test func `any range of typed numbers is that of all`() throws {
    let count = 70_000
    let numbers = (0..<count).map { $0 * 31 % 65_536 }
    let file = ONNXBytes.file(
      tensor: ONNXBytes.tensor(
        "a", [count], type: 4, ONNXBytes.bytes(5, numbers.flatMap { ONNXBytes.varint(UInt64($0)) })))
    let model = try ModelFiles.open(bytes: file)
    let expected = numbers.flatMap { ONNXBytes.little(UInt16($0)) }
    let values = try model.values(at: 0)
    for range in [0..<1, 0..<140_000, 131_071..<131_075, 131_072..<140_000, 139_999..<140_000, 5..<5] {
      #expect(try values.withValues(in: range) { Array($0) } == Array(expected[range]))
    }
  }
}
