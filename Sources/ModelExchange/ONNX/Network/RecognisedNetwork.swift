import BinaryIO
import LayerKinds
import ModelFormat

/// A chain of layers, found in a graph: what has been found so far, and which value comes next.
struct RecognisedNetwork {
  let constants: GraphConstants
  /// The version of the operators.
  let version: Int
  /// The size of a mini-batch, where the graph has a fixed one.
  let batch: Int?
  /// The value that the next node takes, and its shape for one sample.
  private(set) var value: String
  private(set) var shape: [Int]

  private var inputShape: [Int]
  private var preprocessing = Preprocessing.identity
  private(set) var layers: [LayerDescription] = []
  /// The tensors that layers present in another way than they are stored, by their places.
  private var views: [Int: PresentedTensor] = [:]
  /// Tensors that are not stored, such as a bias that is missing.
  private var added: [PresentedTensor] = []
  private var counts: [LayerKind: Int] = [:]
  private var names: Set<ByteName> = []
  private var tensorNames: FreeNames

  init(
    _ input: ValueMessage, constants: GraphConstants, version: Int
  ) throws(GraphMisfit) {
    guard let shape = input.shape, shape.count > 1 else {
      throw GraphMisfit("the input \(ByteName(input.name).quoted) is no batch of samples")
    }
    let known = shape.dropFirst().compactMap(\.self)
    guard known.count == shape.count - 1, known.allSatisfy({ $0 > 0 }), CheckedArithmetic.product(known) != nil else {
      throw GraphMisfit("the shape of the input \(ByteName(input.name).quoted) is open")
    }
    self.constants = constants
    self.version = version
    batch = shape[0]
    value = input.name
    self.shape = known
    inputShape = known
    tensorNames = FreeNames(taken: constants.tensors.lazy.map(\.description.name))
  }

  var topology: Topology { Topology(inputShape: inputShape, preprocessing: preprocessing, layers: layers) }

  /// All tensors, as the layers have them.
  var tensors: [PresentedTensor] {
    constants.tensors.enumerated().map { (place, tensor) in views[place] ?? tensor } + added
  }

  /// The number of values of a sample.
  var count: Int { shape.reduce(1, *) }

  /// Whether nothing has been done but to look at the values in another shape.
  var isAtStart: Bool { layers.allSatisfy { $0.kind == LayerKind.flatten.rawValue } }

  // MARK: What steps do

  /// Goes on with the first output of a node.
  mutating func advance(over node: NodeMessage) throws(GraphMisfit) {
    guard let output = node.outputs.first, !output.isEmpty else { throw GraphMisfit(node, "has no output") }
    value = output
  }

  /// Raw values are multiplied and added to, before the first layer.
  mutating func scale(by factor: Double, adding summand: Double, _ node: NodeMessage) throws(GraphMisfit) {
    guard isAtStart else { throw GraphMisfit(node, "computes with a number after the first layer") }
    preprocessing = Preprocessing(
      scale: preprocessing.scale * factor, offset: preprocessing.offset * factor + summand)
    guard Float(preprocessing.scale).isFinite, Float(preprocessing.offset).isFinite else {
      throw GraphMisfit(node, "makes numbers infinite")
    }
  }

  /// The values of a sample get another shape.
  mutating func reshape(to new: [Int], _ node: NodeMessage) throws(GraphMisfit) {
    guard CheckedArithmetic.product(new) == count else { throw GraphMisfit(node, "changes the number of values") }
    if new == shape { return }
    if layers.isEmpty, new.allSatisfy({ $0 > 0 }), !new.isEmpty {
      (inputShape, shape) = (new, new)
    } else if new.count == 1 {
      try append(.flatten, [], node: node)
    } else {
      throw GraphMisfit(node, "makes the shape \(new) out of \(shape), and only flattening is a layer")
    }
  }

  /// Adds a layer.
  ///
  /// - Parameters:
  ///   - values: its settings.
  ///   - tensors: its tensors, in the order of their roles.
  mutating func append(
    _ kind: LayerKind, _ values: [LayerValue], tensors: [TensorDescription] = [], node: NodeMessage
  ) throws(GraphMisfit) {
    let definition = kind.definition
    func integer(_ name: String) -> Int? { definition.integer(name, values) }
    let output: [Int]
    let shapes: [[Int]]
    do throws(LayerMisfit) {
      try definition.check(values) { Double(Float($0)) }
      output = try definition.output.shape(input: shape, integer: integer)
      let context = LayerContext(input: shape, output: output, integer: integer)
      shapes = try definition.tensors.map { (role) throws(LayerMisfit) in try context.shape(role.shape) }
    } catch { throw GraphMisfit(node, "needs \(error.expected), and has \(error.found)") }
    guard shapes == tensors.map(\.shape) else {
      throw GraphMisfit(node, "needs tensors of the shapes \(shapes), and has \(tensors.map(\.shape))")
    }
    guard CheckedArithmetic.product(output) != nil else { throw GraphMisfit(node, "has too many outputs") }
    var attributes: Attributes = [:]
    for (field, value) in zip(definition.fields, values) {
      switch value {
      case .integer(let integer): attributes[field.name] = .integer(integer)
      case .number(let number): attributes[field.name] = .number(number)
      }
    }
    layers.append(
      LayerDescription(
        kind: kind.rawValue, name: layerName(kind, node), outputShape: output, attributes: attributes,
        parameters: zip(definition.tensors, tensors).map { .init(role: $0.role, tensor: $1.name) }))
    shape = output
  }

  /// The name of a node, or the kind with a number.
  private mutating func layerName(_ kind: LayerKind, _ node: NodeMessage) -> String {
    if !node.name.isEmpty, names.insert(ByteName(node.name)).inserted { return node.name }
    while true {
      counts[kind, default: 0] += 1
      let name = "\(kind.rawValue)\(counts[kind, default: 0])"
      if names.insert(ByteName(name)).inserted { return name }
    }
  }

  // MARK: Tensors

  /// A stored tensor as a layer has it.
  ///
  /// - Parameter shape: the shape that is wanted, as many elements as are stored.
  mutating func present(
    _ weight: GraphConstants.Weight, shape: [Int], isTransposed: Bool = false, factor: Float = 1, _ node: NodeMessage
  ) throws(GraphMisfit) -> TensorDescription {
    let stored = constants.tensors[weight.place]
    guard stored.description.hasNumbers, stored.description.dataType.isFloatingPoint else {
      throw GraphMisfit(node, "has weights of the type \(stored.description.typeName)")
    }
    guard factor == 1 || stored.description.dataType == .float32 else {
      throw GraphMisfit(node, "multiplies weights of the type \(stored.description.typeName)")
    }
    let view: PresentedTensor
    do { view = try PresentedTensor(stored, shape: shape, isTransposed: isTransposed, factor: factor) } catch {
      throw GraphMisfit(node, "has weights of a shape that does not fit")
    }
    guard views[weight.place].map({ $0.isView(like: view) }) ?? true else {
      throw GraphMisfit(node, "shares weights with another that has them in another layout")
    }
    views[weight.place] = view
    return view.description
  }

  /// A vector for each of so many outputs or channels: stored, one number for all, or zeros where there is none.
  mutating func vector(
    _ value: String?, count: Int, factor: Float = 1, role: String, _ node: NodeMessage
  ) throws(GraphMisfit) -> TensorDescription {
    guard let value, !value.isEmpty else { return try added(0, count: count, role, node) }
    guard let weight = constants.weight(value) else {
      throw GraphMisfit(node, "has a \(role) that is not stored")
    }
    let stored = constants.tensors[weight.place].description
    if stored.count == 1, count != 1 {
      guard let number = constants.number(value) else { throw GraphMisfit(node, "has a \(role) that is no number") }
      return try added(Float(number) * factor, count: count, role, node)
    }
    guard stored.count == count, stored.shape.filter({ $0 != 1 }).count <= 1 else {
      throw GraphMisfit(node, "has a \(role) of the shape \(stored.shape) for \(count) outputs")
    }
    return try present(weight, shape: [count], factor: factor, node)
  }

  private mutating func added(
    _ number: Float, count: Int, _ role: String, _ node: NodeMessage
  ) throws(GraphMisfit) -> TensorDescription {
    let name = tensorNames.take("\(node.name.isEmpty ? node.outputs.first ?? "" : node.name).\(role)")
    do throws(ModelFormatError) {
      let tensor = try PresentedTensor(number, named: name, count: count)
      added.append(tensor)
      return tensor.description
    } catch { throw GraphMisfit(node, "has a \(role) of no possible size") }
  }
}
