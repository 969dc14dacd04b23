import BinaryIO
import ModelFormat

/// Which tensors of two models belong together.
///
/// Those of one name do. But in a name such as `affine2.weight` the number only counts the layers: one layer more before
/// it, and the name is that of another one. So where the two layer lists, aligned, pair layers whose names differ in
/// nothing but their number, the tensors of all layers with numbered names follow the pairs of the layers, role by role;
/// and those of layers that were added or removed have no counterpart.
struct TensorMatching {
  /// A tensor of either model, or one of each.
  typealias Pair = (left: TensorDescription?, right: TensorDescription?)

  /// In the order of the left model, those of only the right one last.
  let pairs: [Pair]

  /// O(number of tensors and layers), and what `LayerAlignment` takes.
  init(_ left: ModelContents, _ right: ModelContents) {
    let moved = TensorMatching.movedTensors(left.parts.topology, right.parts.topology)
    var places: [ByteName: Int] = [:]
    for (place, tensor) in right.tensors.enumerated() { places[ByteName(tensor.name)] = place }
    var unmatched = Set(right.tensors.indices)
    var pairs: [Pair] = left.tensors.map { tensor in
      let name = ByteName(tensor.name)
      let counterpart = moved.left[name] ?? (moved.right.contains(name) ? nil : name)
      guard let place = counterpart.flatMap({ places[$0] }), unmatched.remove(place) != nil else {
        return (tensor, nil)
      }
      return (tensor, right.tensors[place])
    }
    for (place, tensor) in right.tensors.enumerated() where unmatched.contains(place) { pairs.append((nil, tensor)) }
    self.pairs = pairs
  }

  /// What the tensors of layers with numbered names are paired by: the name on the right, or nil for none, by the name on
  /// the left, and the names on the right that are no others'. Empty where names say the same as the alignment.
  private static func movedTensors(
    _ left: Topology?, _ right: Topology?
  ) -> (left: [ByteName: ByteName?], right: Set<ByteName>) {
    guard let left, let right else { return ([:], []) }
    let matches = LayerAlignment(left.layers, right.layers).matches
    let isNumbered = matches.map { match in
      let stems = [match.left, match.right].compactMap { $0.map { stem(of: $0.layer.name) } }
      return stems.allSatisfy { $0 != nil && $0 == stems.first }
    }
    let isMoved = zip(matches, isNumbered).contains { match, isNumbered in
      guard isNumbered, let one = match.left, let other = match.right else { return false }
      return ByteName(one.layer.name) != ByteName(other.layer.name)
    }
    guard isMoved else { return ([:], []) }
    var (counterparts, taken) = ([ByteName: ByteName?](), Set<ByteName>())
    for (match, isNumbered) in zip(matches, isNumbered) where isNumbered {
      var others: [ByteName: ByteName] = [:]
      for other in match.right?.layer.parameters ?? [] {
        others[ByteName(other.role)] = ByteName(other.tensor)
        taken.insert(ByteName(other.tensor))
      }
      for parameter in match.left?.layer.parameters ?? [] {
        counterparts.updateValue(others[ByteName(parameter.role)], forKey: ByteName(parameter.tensor))
      }
    }
    return (counterparts, taken)
  }

  /// What stands before the number at the end of a name; nil for a name without one.
  private static func stem(of name: String) -> ByteName? {
    let bytes = name.utf8
    guard let last = bytes.last, isDigit(last) else { return nil }
    let count = bytes.reversed().prefix(while: isDigit).count
    return ByteName(String(decoding: bytes.dropLast(count), as: UTF8.self))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
