import BinaryIO
import ModelFormat

/// Numbers for the kinds of layers and for kinds with their attributes, so that whether two layers are alike is known
/// without looking at their attributes again. O(size of all layers) to make.
struct LayerClasses {
  private var kinds: [ByteName: Int] = [:]
  private var classes: [LayerKey: Int] = [:]

  /// What a layer is alike in.
  struct Class {
    fileprivate let kind: Int
    fileprivate let whole: Int
  }

  /// The class of a layer.
  mutating func number(_ layer: LayerDescription) -> Class {
    let kind = kinds[ByteName(layer.kind)] ?? kinds.count
    kinds[ByteName(layer.kind)] = kind
    let key = LayerKey(kind: kind, attributes: layer.attributes)
    let whole = classes[key] ?? classes.count
    classes[key] = whole
    return Class(kind: kind, whole: whole)
  }

  /// How far a layer is from another: 0 for one that is alike, 1 for other attributes, nil where one does not become the
  /// other.
  static func cost(_ left: Class, _ right: Class) -> Int? {
    guard left.kind == right.kind else { return nil }
    return left.whole == right.whole ? 0 : 1
  }
}

/// A kind of layer with attributes as a key; equal where the attributes are.
private struct LayerKey: Hashable {
  let kind: Int
  let attributes: Attributes

  func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    for entry in attributes.entries {
      ByteName(entry.name).hash(into: &hasher)
      entry.value.hash(into: &hasher)
    }
  }
}

extension AttributeValue {
  /// Equal values have equal hashes.
  fileprivate func hash(into hasher: inout Hasher) {
    switch self {
    case .boolean(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .number(let value): hasher.combine(value.isNaN ? Double.nan.bitPattern : value.bitPattern)
    case .string(let value): ByteName(value).hash(into: &hasher)
    case .list(let elements):
      hasher.combine(elements.count)
      for element in elements { element.hash(into: &hasher) }
    }
  }
}
