import ModelFormat
import TestSupport
import Testing

/// A tensor, and its statistics by NumPy and SciPy: a case of `Tests/Oracles/statistics.py`.
struct StatisticsCase: Decodable, Sendable, CustomTestStringConvertible {
  struct Random: Decodable {
    let count: Int
    let seed: UInt64
    /// Which of the random bits are kept, and which are set, in hexadecimal.
    let keep: String
    let put: String
  }

  /// Elements of which each can be made alone.
  struct Generated: Decodable, Sendable {
    let count: Int
    let seed: UInt64
    let keep: String
    let put: String
    /// At every place that this divides stands the next of `planted`, in hexadecimal.
    let period: Int
    let planted: [String]

    /// The bits of the element at a place.
    func bits() -> @Sendable (Int) -> UInt64 {
      let (keep, put) = (UInt64(keep, radix: 16) ?? 0, UInt64(put, radix: 16) ?? 0)
      let planted = planted.map { UInt64($0, radix: 16) ?? 0 }
      let (seed, period) = (seed, period)
      return { place in
        if place.isMultiple(of: period) { return planted[place / period % planted.count] }
        var generator = SplitMix64(seed: seed &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15)
        return generator.next() & keep | put
      }
    }
  }

  /// A number in hexadecimal, which reads back as it was.
  struct Number: Decodable, Sendable {
    let value: Double

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let text = try container.decode(String.self)
      guard let value = Double(text) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no number")
      }
      self.value = value
    }
  }

  let name: String
  let dtype: String
  let bits: [String]?
  let random: Random?
  let generated: Generated?
  let count: Int
  let rawBytes: Int
  let nan: Int
  let positiveInfinity: Int
  let negativeInfinity: Int
  let zeros: Int
  let negativeZeros: Int
  let subnormals: Int
  let byteEntropy: [Number]
  let firstNonFiniteIndex: Int?
  let minimum: Number?
  let maximum: Number?
  let minimumIndex: Int?
  let maximumIndex: Int?
  let mean: Number?
  let standardDeviation: Number?
  let skewness: Number?
  let excessKurtosis: Number?
  let percentiles: [String: Number]?
  let l1Norm: Number?
  let l2Norm: Number?
  let maximumNorm: Number?
  let nearZeroFraction: Number?
  let histogram: [Int]?

  var testDescription: String { "\(name), \(dtype)" }

  /// The tensor.
  func tensor() throws -> Tensor {
    guard let type = DataType(rawValue: dtype) else {
      throw DecodingError.valueNotFound(DataType.self, .init(codingPath: [], debugDescription: dtype))
    }
    let elements = try self.elements()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(elements.count * type.byteCount)
    for element in elements {
      for place in 0..<type.byteCount { bytes.append(UInt8(truncatingIfNeeded: element >> UInt64(8 * place))) }
    }
    return try Tensor(TensorDescription(name: "w", dataType: type, shape: [elements.count]), bytes: bytes)
  }

  private func elements() throws -> [UInt64] {
    if let random {
      var generator = SplitMix64(seed: random.seed)
      let (keep, put) = (UInt64(random.keep, radix: 16) ?? 0, UInt64(random.put, radix: 16) ?? 0)
      return (0..<random.count).map { _ in generator.next() & keep | put }
    }
    return (bits ?? []).map { UInt64($0, radix: 16) ?? 0 }
  }

  static let all: [StatisticsCase] = (try? Oracle.recorded("statistics.json")) ?? []
}
