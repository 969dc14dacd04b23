import ArgumentParser
import BinaryIO
import Formatting
import ModelFormat
import ModelInspection

/// By what tensors are sorted.
enum TensorOrder: String, CaseIterable, ExpressibleByArgument {
  case name, size, norm, deviation

  /// Whether values have to be read for it.
  var needsStatistics: Bool {
    switch self {
    case .norm, .deviation: true
    case .name, .size: false
    }
  }
}

/// Which tensors of a model are looked at.
struct TensorSelection {
  /// A name, or a pattern of names: these tensors are shown and nothing else.
  var tensor: String?
  /// A pattern of names, which narrows the lists of tensors down.
  var filter: String?

  /// Whether all tensors are.
  var isAll: Bool { tensor == nil && filter == nil }

  /// The places of the tensors.
  ///
  /// A name that a tensor has means that tensor, whatever characters of patterns are in it.
  /// - Throws: `ModelFormatError` for a name that no tensor has; `CommandFailure` for a pattern that none has.
  func places(in file: any ModelFile) throws -> [Int] {
    guard let pattern = tensor ?? filter else { return Array(file.tensors.indices) }
    if let place = file.contents.place(ofTensorNamed: pattern) { return [place] }
    let glob = Glob(pattern)
    let places = file.tensors.indices.filter { glob.matches(file.tensors[$0].name) }
    guard places.isEmpty else { return places }
    // Says which names there are.
    if tensor != nil { _ = try file.description(ofTensorNamed: pattern) }
    throw CommandFailure.usage(
      "no tensor of \(Text.escaped(file.name)) matches --filter \(Text.short(pattern)); it has "
        + Text.listed(file.tensors.map(\.name), separator: ", ", as: Text.short))
  }
}

extension Inspection {
  /// The tensors in an order; those that are equal in it stay as they are.
  static func sorted(_ tensors: [InspectedTensor], by order: TensorOrder) -> [InspectedTensor] {
    func descending(_ value: (InspectedTensor) -> Double) -> [InspectedTensor] {
      // Undefined values last.
      let keys = tensors.map { value($0) }.map { $0.isNaN ? -Double.infinity : $0 }
      return tensors.indices.sorted { (keys[$0], $1) > (keys[$1], $0) }.map { tensors[$0] }
    }
    return switch order {
    case .name: tensors.sorted { NaturalOrder.precedes($0.description.name, $1.description.name) }
    case .size: descending { Double($0.description.count) }
    case .norm: descending { $0.statistics?.l2Norm ?? .nan }
    case .deviation: descending { $0.statistics?.standardDeviation ?? .nan }
    }
  }
}
