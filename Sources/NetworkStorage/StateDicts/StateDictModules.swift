import BinaryIO
import ModelFormat

/// The tensors of a state dict by the modules that own them: what comes before the last point of their names.
struct StateDictModules {
  /// A module that has tensors of its own.
  struct Module {
    /// Its name, such as `features.0`; empty for the outermost one.
    let name: String
    /// Its tensors by the last part of their names.
    var tensors: [ByteName: TensorDescription] = [:]
  }

  /// In the order in which the file has their first tensors.
  private(set) var modules: [Module] = []
  /// Counters of training, which are passed over.
  private(set) var counters: [TensorDescription] = []

  /// O(number of tensors).
  init(_ tensors: [TensorDescription]) {
    var places: [ByteName: Int] = [:]
    for tensor in tensors {
      let (module, role) = StateDictModules.split(tensor.name)
      guard ByteName(role) != PyTorchTensor.counter else {
        counters.append(tensor)
        continue
      }
      let place = places[ByteName(module)] ?? modules.count
      if place == modules.count {
        places[ByteName(module)] = place
        modules.append(Module(name: module))
      }
      modules[place].tensors[ByteName(role)] = tensor
    }
  }

  /// The name of the module and the role in it.
  private static func split(_ name: String) -> (module: String, role: String) {
    guard let point = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return ("", name) }
    return (String(name[..<point]), String(name[name.utf8.index(after: point)...]))
  }

  /// Whether the file has them in an order of its own, as programs do that write modules as they were made. Others sort
  /// them by the bytes of their names.
  var areInOwnOrder: Bool {
    zip(modules, modules.dropFirst()).contains { ByteName($1.name) < ByteName($0.name) }
  }

  /// The modules in the order of the file if that is its own, otherwise in that of their names, numbers as numbers.
  var inOrder: [Module] {
    areInOwnOrder ? modules : modules.sorted { NaturalOrder.precedes($0.name, $1.name) }
  }

  /// The modules in an order of the caller's.
  ///
  /// - Throws: `noSuchTensor` where the order does not name every module once.
  func ordered(_ names: [String]) throws(ModelFormatError) -> [Module] {
    var (remaining, ordered) = (modules, [Module]())
    for name in names {
      guard let index = remaining.firstIndex(where: { ByteName($0.name) == ByteName(name) }) else {
        let names = remaining.prefix(20).map { ByteName($0.name).quoted }.joined(separator: ", ")
        throw ModelFormatError(
          .noSuchTensor, expected: names.isEmpty ? "no more layers" : "one of the layers \(names)",
          found: ByteName(name).quoted)
      }
      ordered.append(remaining.remove(at: index))
    }
    guard let module = remaining.first else { return ordered }
    throw ModelFormatError(
      .noSuchTensor, expected: "every layer in the order", found: "none of the name \(ByteName(module.name).quoted)")
  }
}
