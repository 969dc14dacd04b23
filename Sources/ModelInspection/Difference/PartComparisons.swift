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

/// Compares histories, column by column.
enum HistoryComparison {
  /// The time an epoch took is no property of the model.
  private static let ignored: ByteName = "seconds"

  static func details(_ left: TrainingHistory, _ right: TrainingHistory) -> [ModelDifference.Detail] {
    let (leftValues, rightValues) = (values(left), values(right))
    var columns = left.columns
    columns += right.columns.filter { leftValues[ByteName($0.name)] == nil }
    var list = DetailList()
    for name in columns.map(\.name) where ByteName(name) != ignored {
      let key = ByteName(name)
      guard let a = leftValues[key], let b = rightValues[key] else {
        list.compare(name, leftValues[key].map(summary), rightValues[key].map(summary))
        continue
      }
      // Where training ended up says the most; where that is equal, the first epoch that was not.
      if a.count != b.count || a.last.map(AttributeValue.number) != b.last.map(AttributeValue.number) {
        list.add(name, summary(a), summary(b))
      } else if let place = a.indices.first(where: { AttributeValue.number(a[$0]) != .number(b[$0]) }) {
        list.add(name, "\(a[place]) in epoch \(place + 1)", "\(b[place]) in epoch \(place + 1)")
      }
    }
    return list.details
  }

  /// The values of each column by the bytes of its name, so that many columns are compared in linear time.
  private static func values(_ history: TrainingHistory) -> [ByteName: [Double]] {
    Dictionary(uniqueKeysWithValues: history.columns.map { (ByteName($0.name), $0.values) })
  }

  private static func summary(_ values: [Double]) -> String {
    "\(values.count) epoch\(values.count == 1 ? "" : "s")" + (values.last.map { ", last \($0)" } ?? "")
  }
}

/// Compares metadata, entry by entry.
enum MetadataComparison {
  static func details(_ left: Attributes, _ right: Attributes) -> [ModelDifference.Detail] {
    var list = DetailList()
    list.compare("", left, right)
    return list.details
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
    var names = left.entries.map(\.name)
    names += right.entries.map(\.name).filter { left[$0] == nil }
    for entry in names {
      let (a, b) = (left[entry], right[entry])
      guard a != b else { continue }
      // Two values of different types may read the same: then quotation marks tell them apart.
      let readsTheSame = a?.text == b?.text
      add(
        name.isEmpty ? entry : "\(name).\(entry)", a.map { readsTheSame ? $0.quotedText : $0.text },
        b.map { readsTheSame ? $0.quotedText : $0.text })
    }
  }
}

extension AttributeValue {
  /// The value as people write it; of a long list the beginning, the end and the count.
  package var text: String {
    switch self {
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): value
    case .list(let elements) where elements.count > 12:
      "[" + elements.prefix(3).map(\.text).joined(separator: ", ") + ", …, " + elements[elements.count - 1].text
        + "] (\(elements.count) values)"
    case .list(let elements): "[" + elements.map(\.text).joined(separator: ", ") + "]"
    }
  }

  /// The same with strings in quotation marks.
  fileprivate var quotedText: String {
    switch self {
    case .string(let value): value.debugDescription
    case .list(let elements): "[" + elements.map(\.quotedText).joined(separator: ", ") + "]"
    default: text
    }
  }
}
