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
    list.compare("class_names", classNames(left), classNames(right))
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

  private static func classNames(_ topology: Topology) -> String? {
    topology.classNames.isEmpty ? nil : topology.classNames.map { ByteName($0).quoted }.joined(separator: ", ")
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
    for entry in left.differingNames(from: right) {
      let texts = AttributeValue.texts(left[entry], right[entry])
      add(name.isEmpty ? entry : "\(name).\(entry)", texts.left, texts.right)
    }
  }
}
