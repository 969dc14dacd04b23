import BinaryIO
import ModelFormat

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Tensors whose bytes are those of another one.
///
/// Only tensors with the same statistics can be equal, so that hardly any others are read.
struct DuplicateTensors {
  /// Of tensors with the same statistics that differ, no more than so many are compared with the others.
  private static let maximumLeaderCount = 8
  private static let readSize = 1 << 20

  private struct Key: Hashable {
    let dataType: DataType
    let count: Int
    /// The bits of numbers, so that 0 and −0 differ.
    let minimum: UInt64?
    let maximum: UInt64?
    let mean: UInt64?
    let l2Norm: UInt64
    let zeros: Int
    let nan: Int
    let positiveInfinity: Int

    init(_ tensor: MeasuredTensor) {
      dataType = tensor.description.dataType
      count = tensor.description.count
      let statistics = tensor.statistics
      (minimum, maximum) = (statistics.minimum?.bitPattern, statistics.maximum?.bitPattern)
      (mean, l2Norm) = (statistics.mean?.bitPattern, statistics.l2Norm.bitPattern)
      (zeros, nan, positiveInfinity) = (statistics.zeros, statistics.nan, statistics.positiveInfinity)
    }
  }

  let source: any ModelSource
  let contents: ModelContents

  /// A note for each tensor with its copies. Constant tensors are left out: biases that are all 0 are no copies.
  func findings(_ tensors: [MeasuredTensor]) throws(ModelFormatError) -> [Finding] {
    var groups: [[MeasuredTensor]] = []
    var leaders: [Key: [Int]] = [:]
    for tensor in tensors where tensor.statistics.finite > 1 && !tensor.isConstant {
      let key = Key(tensor)
      let candidates = leaders[key] ?? []
      var isCopy = false
      for place in candidates where !isCopy {
        isCopy = try isEqual(tensor, groups[place][0])
        if isCopy { groups[place].append(tensor) }
      }
      if !isCopy, candidates.count < DuplicateTensors.maximumLeaderCount {
        leaders[key, default: []].append(groups.count)
        groups.append([tensor])
      }
    }
    return groups.filter { $0.count > 1 }.map(finding)
  }

  private func finding(_ group: [MeasuredTensor]) -> Finding {
    let names = group.dropFirst().map(\.description.name)
    let shown = names.prefix(Evidence.maximumListedCount)
    let list = shown.map { ByteName($0).excerpt }.joined(separator: ", ") + (names.count > shown.count ? ", …" : "")
    return Finding(
      .duplicateTensor, .note, place: Evidence.place(ofTensor: group[0].description.name),
      message: "the bytes of its values are those of \(names.count == 1 ? "" : "\(names.count) others: ")\(list)",
      evidence: ["count": .integer(names.count), "tensors": .list(shown.map { .string($0) })])
  }

  private func isEqual(_ left: MeasuredTensor, _ right: MeasuredTensor) throws(ModelFormatError) -> Bool {
    let a = try TensorPieces(source, contents, left.description).values
    let b = try TensorPieces(source, contents, right.description).values
    let step = a.unitSize(multipleOf: DuplicateTensors.readSize)
    for unit in 0..<a.unitCount(step) {
      let range = a.range(ofUnit: unit, step)
      let isEqual = try unsafe a.withValues(in: range) { (left) throws(ModelFormatError) in
        try unsafe b.withValues(in: range) { (right) throws(ModelFormatError) in
          guard let a = left.baseAddress, let b = right.baseAddress, left.count == right.count else {
            return left.count == right.count
          }
          return unsafe memcmp(a, b, left.count) == 0
        }
      }
      if !isEqual { return false }
    }
    return true
  }
}
