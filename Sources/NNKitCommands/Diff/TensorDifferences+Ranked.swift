import ModelInspection

extension Sequence<ModelDifference.TensorDifference> {
  /// What has no distance first, then by relative L2; equals in the order of the models.
  func mostChangedFirst() -> [ModelDifference.TensorDifference] {
    func distance(_ tensor: ModelDifference.TensorDifference) -> Double {
      guard let values = tensor.values else { return -1 }
      return values.relativeL2 ?? .infinity
    }
    return enumerated().sorted {
      let (a, b) = (distance($0.element), distance($1.element))
      return a == b ? $0.offset < $1.offset : a > b
    }.map(\.element)
  }
}
