import ModelFormat
import ModelInspection

/// The JSON form of a difference (schema 1). Property names become snake case.
struct DifferenceDocument: Encodable {
  struct Detail: Encodable {
    let name: String
    let left: String?
    let right: String?
  }

  struct Side: Encodable {
    let dtype: String
    let shape: [Int]
  }

  struct Place: Encodable {
    let index: [Int]
    let left: Double
    let right: Double
  }

  struct Values: Encodable {
    let count: Int
    let differing: Int
    let maximumAbsoluteDifference: Double
    let place: Place?
    let relativeL2: Double
    let nonFinite: Int
    let maximumUnitsInLastPlace: UInt64?
  }

  struct TensorDifference: Encodable {
    let name: String
    let same: Bool
    let left: Side?
    let right: Side?
    let values: Values?
  }

  struct TolerancePair: Encodable {
    let absolute: Double
    let relative: Double
  }

  let schema = 1
  let left: String
  let right: String
  let tolerance: TolerancePair
  let same: Bool
  let topology: [Detail]
  let tensors: [TensorDifference]
  let history: [Detail]
  let metadata: [Detail]

  init(_ difference: ModelDifference, left: String, right: String, tolerance: Tolerance) {
    func details(_ list: [ModelDifference.Detail]) -> [Detail] {
      list.map { Detail(name: $0.name, left: $0.left, right: $0.right) }
    }
    self.left = left
    self.right = right
    self.tolerance = TolerancePair(absolute: tolerance.absolute, relative: tolerance.relative)
    same = difference.isSame
    topology = details(difference.topology)
    history = details(difference.history)
    metadata = details(difference.metadata)
    tensors = difference.tensors.map { tensor in
      func side(_ description: TensorDescription?) -> Side? {
        description.map { Side(dtype: $0.dataType.rawValue, shape: $0.shape) }
      }
      return TensorDifference(
        name: tensor.name, same: tensor.isSame, left: side(tensor.left), right: side(tensor.right),
        values: tensor.values.map(Values.init))
    }
  }
}

extension DifferenceDocument.Values {
  fileprivate init(_ values: ValueDifference) {
    self.init(
      count: values.count, differing: values.differing,
      maximumAbsoluteDifference: values.maximumAbsoluteDifference,
      place: values.place.map { .init(index: $0.index, left: $0.left, right: $0.right) },
      relativeL2: values.relativeL2, nonFinite: values.nonFinite,
      maximumUnitsInLastPlace: values.maximumUnitsInLastPlace)
  }
}
