import BinaryIO
import ModelFormat

/// Compares structures, layer by layer.
enum TopologyComparison {
  static func details(_ left: Topology?, _ right: Topology?) -> [ModelDifference.Detail] {
    guard let left, let right else {
      guard left != nil || right != nil else { return [] }
      return [
        ModelDifference.Detail(name: "topology", left: left.map(summary), right: right.map(summary))
      ]
    }
    var list = DetailList()
    list.compare("input_shape", shape(left.inputShape), shape(right.inputShape))
    list.compare("preprocessing.scale", "\(left.preprocessing.scale)", "\(right.preprocessing.scale)")
    list.compare("preprocessing.offset", "\(left.preprocessing.offset)", "\(right.preprocessing.offset)")
    list.compare("loss", left.loss, right.loss)
    compareClassNames(left.classNames, right.classNames, &list)
    for index in 0..<max(left.layers.count, right.layers.count) {
      compare(
        index < left.layers.count ? left.layers[index] : nil,
        index < right.layers.count ? right.layers[index] : nil, "layers[\(index)]", &list)
    }
    return list.details
  }

  private static func compare(
    _ left: LayerDescription?, _ right: LayerDescription?, _ name: String, _ list: inout DetailList
  ) {
    guard let left, let right else {
      list.compare(name, left.map(summary), right.map(summary))
      return
    }
    list.compare("\(name).kind", left.kind, right.kind)
    list.compare("\(name).name", left.name, right.name)
    list.compare("\(name).output_shape", shape(left.outputShape), shape(right.outputShape))
    list.compare("\(name).attributes", left.attributes, right.attributes)
    // Compared by value: as text, a name with a comma could pass for two.
    if left.parameters != right.parameters { list.add("\(name).parameters", parameters(left), parameters(right)) }
  }

  /// More names of classes than these are shown from where they differ on.
  private static let mostClassNames = 1_000

  /// Texts are made of names that differ, and of no others.
  private static func compareClassNames(_ left: [String], _ right: [String], _ list: inout DetailList) {
    let common = zip(left, right).enumerated().first { ByteName($1.0) != ByteName($1.1) }?.offset
    guard common != nil || left.count != right.count else { return }
    let place = common ?? min(left.count, right.count)
    func text(_ names: [String]) -> String? {
      if names.isEmpty { return nil }
      guard max(left.count, right.count) > mostClassNames else {
        return names.map { ByteName($0).quoted }.joined(separator: ", ")
      }
      return ListExcerpt.text(names, from: place, noun: ("class", "classes")) { ByteName($0).quoted }
    }
    list.add("class_names", text(left), text(right))
  }

  private static func parameters(_ layer: LayerDescription) -> String {
    layer.parameters.map { "\($0.role): \($0.tensor)" }.joined(separator: ", ")
  }

  private static func summary(_ topology: Topology) -> String {
    "\(shape(topology.inputShape)) → " + topology.layers.map(summary).joined(separator: " → ")
  }

  private static func summary(_ layer: LayerDescription) -> String {
    "\(layer.kind) \(shape(layer.outputShape))"
  }

  private static func shape(_ dimensions: [Int]) -> String {
    "[" + dimensions.map(String.init).joined(separator: ", ") + "]"
  }
}

/// Collects the details that differ.
struct DetailList {
  private(set) var details: [ModelDifference.Detail] = []

  mutating func add(_ name: String, _ left: String?, _ right: String?) {
    details.append(ModelDifference.Detail(name: name, left: left, right: right))
  }

  mutating func compare(_ name: String, _ left: String?, _ right: String?) {
    // Byte by byte: equal to the eye is not enough.
    if left.map({ ByteName($0) }) != right.map({ ByteName($0) }) { add(name, left, right) }
  }

  mutating func compare(_ name: String, _ left: Attributes, _ right: Attributes) {
    for entry in left.differences(from: right) {
      let texts = AttributeValue.texts(entry.left, entry.right)
      add(name.isEmpty ? entry.name : "\(name).\(entry.name)", texts.left, texts.right)
    }
  }
}
