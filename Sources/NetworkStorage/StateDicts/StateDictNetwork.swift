import BinaryIO
import LayerKinds
public import ModelFormat
public import NeuralNetwork

/// A network put together from a bare state dict and the layers that it is said to have.
///
/// A state dict says nothing of activations, pooling and strides, so the caller names all layers. Those of them that have
/// tensors take the modules of the state dict one after the other; shapes have to fit.
public struct StateDictNetwork: Sendable {
  /// Where a tensor of a layer comes from.
  enum Origin: Sendable {
    /// A tensor of the state dict.
    case tensor(TensorDescription, isTransposed: Bool)
    /// Nothing in the state dict: all elements have this value.
    case constant(Double)
  }

  /// A layer with tensors, and the module that has them.
  public struct Match: Sendable {
    /// The layer.
    public let layer: PlacedLayer
    /// The name of the module; empty for the outermost one.
    public let module: String
    /// Where each tensor comes from, by its role.
    let origins: [(role: String, shape: [Int], origin: Origin)]

    /// The roles of tensors that the state dict does not have.
    public var absentRoles: [String] {
      origins.compactMap { if case .constant = $0.origin { $0.role } else { nil } }
    }
    /// Whether rows and columns of a tensor change places.
    public var isTransposed: Bool {
      origins.contains { if case .tensor(_, true) = $0.origin { true } else { false } }
    }
  }

  /// The shape of one sample that comes in.
  public let inputShape: [Int]
  /// All layers, first to last.
  public let layers: [PlacedLayer]
  /// The layers that have tensors, first to last.
  public let matches: [Match]
  /// The counters of training that were passed over.
  public let counters: [TensorDescription]
  /// Whether modules come in the order of the file, because it is one of its own; otherwise it is that of their names.
  public let isInFileOrder: Bool

  /// Matches layers with the modules of a state dict: each takes the first that is left whose shapes fit.
  ///
  /// Modules are looked at in the order of the file where that is one of its own, otherwise in the order of their names,
  /// numbers as numbers.
  ///
  /// - Parameters:
  ///   - source: the file that holds the state dict.
  ///   - layers: all layers, first to last.
  ///   - inputShape: the shape of one sample; nil takes it from the weights of a first layer that is dense.
  ///   - order: the names of the modules, first to last; nil finds the order as said. With it shapes decide nothing.
  /// - Throws: `notAStateDict` of `NetworkStorageError` for a file that holds more than tensors; `NetworkError` for layers
  ///   that do not fit one another, or whose input shape is needed; `ModelFormatError` with code `invalidTensor` for
  ///   modules that do not fit the layers, and `noSuchTensor` when `order` does not name every module once.
  public init(
    of source: any ModelSource, layers specifications: [LayerSpecification], inputShape: [Int]? = nil,
    order: [String]? = nil
  ) throws {
    let contents = source.contents
    guard contents.parts.topology == nil else {
      throw NetworkStorageError(
        code: .notAStateDict, place: source.name, expected: "a file of tensors only", found: "a topology")
    }
    let modules = StateDictModules(contents.tensors)
    var remaining = try order.map { (order) throws(ModelFormatError) in try modules.ordered(order) } ?? modules.inOrder
    let shape = try inputShape ?? StateDictNetwork.inputShape(specifications, remaining.first)
    let architecture = try Architecture<Float>(inputShape: shape, layers: specifications)
    self.inputShape = shape
    layers = architecture.placedLayers
    counters = modules.counters
    isInFileOrder = modules.areInOwnOrder
    let takers = layers.filter { !($0.parameters + $0.runningStatistics).isEmpty }
    guard takers.count == remaining.count else {
      let names = remaining.prefix(20).map { ByteName($0.name).quoted }.joined(separator: ", ")
      throw ModelFormatError(
        .invalidTensor,
        expected: "a module for each of the \(takers.count) layers with tensors: "
          + takers.map { NetworkText.word(of: $0.specification) }.joined(separator: " "),
        found: "\(remaining.count): \(names)\(remaining.count > 20 ? ", …" : "")")
    }
    var matches: [Match] = []
    for layer in takers {
      let place = order == nil ? remaining.firstIndex { (try? Match(layer, $0)) != nil } : nil
      // Where none fits, what is wrong is said of the next one.
      matches.append(try Match(layer, remaining.remove(at: place ?? 0)))
    }
    self.matches = matches
  }

  /// The width of the first layer's weights, where nothing but a dense layer can come first.
  private static func inputShape(
    _ specifications: [LayerSpecification], _ module: StateDictModules.Module?
  ) throws(NetworkError) -> [Int] {
    let first = specifications.first { $0.layerKind != .flatten && $0.layerKind != .identity }
    if let first, first.layerKind == .affine, let weight = module?.tensors["weight"], weight.shape.count == 2 {
      return [weight.shape[1]]
    }
    throw NetworkError(
      .invalidShape, at: "network", expected: "the input shape, which weights do not say here", found: "none")
  }
}

extension StateDictNetwork.Match {
  fileprivate init(_ layer: PlacedLayer, _ module: StateDictModules.Module) throws(ModelFormatError) {
    let kind = layer.specification.layerKind
    var left = module.tensors
    var origins: [(role: String, shape: [Int], origin: StateDictNetwork.Origin)] = []
    let word = NetworkText.word(of: layer.specification)
    for parameter in layer.parameters + layer.runningStatistics {
      let stored = PyTorchTensor(parameter.role, of: kind)
      let shape = stored.shape(parameter.shape)
      guard let tensor = left.removeValue(forKey: ByteName(stored.role)) else {
        let origin = try StateDictNetwork.Match.absent(parameter.role, of: kind, word, module, stored.role, shape)
        origins.append((parameter.role, parameter.shape, origin))
        continue
      }
      guard tensor.hasNumbers, tensor.dataType.isFloatingPoint, tensor.shape == shape else {
        throw ModelFormatError(
          .invalidTensor, tensor: tensor.name,
          expected: "floating-point values of shape \(shape) for \(word) after an input of \(layer.inputShape)",
          found: "\(tensor.typeName) of shape \(tensor.shape)")
      }
      origins.append((parameter.role, parameter.shape, .tensor(tensor, isTransposed: stored.isTransposed)))
    }
    // The first by name, so that the message is always the same.
    if let tensor = left.min(by: { $0.key < $1.key })?.value {
      throw ModelFormatError(
        .invalidTensor, tensor: tensor.name, expected: "only the tensors of \(word)", found: "another one")
    }
    (self.layer, self.module, self.origins) = (layer, module.name, origins)
  }

  /// What stands for a tensor that may be missing: a layer without bias adds 0, normalisation without γ and β multiplies
  /// by 1.
  private static func absent(
    _ role: String, of kind: LayerKind, _ word: String, _ module: StateDictModules.Module, _ name: String,
    _ shape: [Int]
  ) throws(ModelFormatError) -> StateDictNetwork.Origin {
    let tensor = kind.definition.tensors.first { ByteName($0.role) == ByteName(role) }
    if let tensor, !tensor.isMeasured, case .constant(let value) = tensor.start { return .constant(value) }
    let names = module.tensors.keys.sorted().map(\.quoted).joined(separator: ", ")
    throw ModelFormatError(
      .invalidTensor,
      expected: "\(name.debugDescription) of shape \(shape) in the module \(ByteName(module.name).quoted), for \(word)",
      found: "only \(names)")
  }
}
