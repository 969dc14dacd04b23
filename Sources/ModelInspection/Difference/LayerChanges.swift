import BinaryIO
import ModelFormat

/// Which layers hold tensors that differ.
struct LayerChanges {
  private var names: [String] = []
  private var changed: [String] = []
  private var distances: [Double] = []

  init(_ tensors: [ModelDifference.TensorDifference], _ topology: Topology?) {
    var owners: [ByteName: String] = [:]
    for layer in topology?.layers ?? [] {
      for parameter in layer.parameters { owners[ByteName(parameter.tensor)] = layer.name }
    }
    var (seen, differing) = (Set<ByteName>(), Set<ByteName>())
    for tensor in tensors {
      let name = owners[ByteName(tensor.name)] ?? LayerChanges.prefix(of: tensor.name)
      if seen.insert(ByteName(name)).inserted { names.append(name) }
      guard !tensor.isSame else { continue }
      if differing.insert(ByteName(name)).inserted { changed.append(name) }
      if let distance = tensor.values?.relativeL2 { distances.append(distance) }
    }
  }

  /// What a name has before its last point; all of it where there is none.
  private static func prefix(of name: String) -> String {
    let bytes = name.utf8
    return bytes.lastIndex(of: UInt8(ascii: ".")).map { String(name[..<$0]) } ?? name
  }

  /// nil where nothing differs.
  var conclusion: DifferenceConclusion? {
    guard !changed.isEmpty else { return nil }
    guard changed.count == names.count else { return .onlySomeLayers(changed, of: names.count) }
    guard let least = distances.min(), let greatest = distances.max() else {
      return .allLayers(count: names.count, relativeL2: nil)
    }
    return .allLayers(count: names.count, relativeL2: least...greatest)
  }
}
