/// How the values of a layer are divided into units: a channel of [channels, height, width] is one, and so is each value of
/// any other shape.
struct UnitShape: Equatable {
  /// The number of units.
  let units: Int
  /// The values of each, one after another.
  let positions: Int

  init(_ shape: [Int]) {
    if shape.count == 3 {
      units = shape[0]
      positions = shape[1] * shape[2]
    } else {
      units = shape.reduce(1, *)
      positions = 1
    }
  }

  /// What one of them is called.
  var noun: String { positions > 1 ? "channel" : "unit" }
}
