import BinaryIO
import ModelFormat

/// What does not depend on the input of a graph: stored tensors, and numbers in nodes.
struct GraphConstants {
  /// A stored tensor as a node gets it.
  struct Weight {
    /// The place among the tensors.
    let place: Int
    let isTransposed: Bool
  }

  /// How many elements a constant has at most that is no weight, such as a shape, and how many bytes.
  private static let largestCount = 64
  private static let largestSize = 1 << 12
  /// How many nodes may lie between a stored tensor and its use.
  private static let longestWay = 8

  let tensors: [PresentedTensor]
  private let source: any RandomAccessSource
  private let nodes: [NodeMessage]
  private var places: [ByteName: Int] = [:]
  private var producers: [ByteName: Int] = [:]

  init(_ source: any RandomAccessSource, _ tensors: [PresentedTensor], _ nodes: [NodeMessage]) {
    self.source = source
    self.tensors = tensors
    self.nodes = nodes
    for (place, tensor) in tensors.enumerated() { places[ByteName(tensor.description.name)] = place }
    for (index, node) in nodes.enumerated() {
      for output in node.outputs where !output.isEmpty { producers[ByteName(output)] = index }
    }
  }

  /// The node that a value comes from.
  func producer(of value: String) -> NodeMessage? { producers[ByteName(value)].map { nodes[$0] } }

  /// The stored tensor that a value is, perhaps in another type or transposed.
  func weight(_ value: String) -> Weight? {
    var (value, isTransposed) = (value, false)
    for _ in 0..<GraphConstants.longestWay {
      if let place = places[ByteName(value)] { return Weight(place: place, isTransposed: isTransposed) }
      guard let node = producer(of: value), node.isStandard, let input = node.inputs.first else { return nil }
      switch node.operatorName {
      case "Identity": break
      case "Cast": guard node.castsToFloat else { return nil }
      case "Transpose":
        // A matrix is transposed if the order of its dimensions is not given.
        guard node.attribute("perm").map({ $0.integers == [1, 0] }) ?? true else { return nil }
        isTransposed.toggle()
      default: return nil
      }
      value = input
    }
    return nil
  }

  /// The elements of a small constant; nil for any other value.
  func numbers(_ value: String) -> [Double]? {
    if let place = places[ByteName(value)] { return numbers(tensors[place]) }
    guard let node = producer(of: value) else { return nil }
    guard node.isConstant, let attribute = node.attributes.first else {
      guard node.isStandard, ["Identity", "Cast"].contains(node.operatorName), let input = node.inputs.first,
        places[ByteName(input)] != nil || producer(of: input)?.isConstant == true
      else { return nil }
      return numbers(input)
    }
    switch attribute.name {
    case "value": return attribute.tensor.flatMap { try? PresentedTensor($0.named(value)) }.flatMap { numbers($0) }
    case "value_float": return [Double(attribute.float)]
    case "value_int": return [Double(attribute.integer)]
    case "value_floats": return attribute.floats.map { Double($0) }
    case "value_ints": return attribute.integers.map { Double($0) }
    default: return nil
    }
  }

  /// The only element of a constant.
  func number(_ value: String) -> Double? {
    guard let numbers = numbers(value), numbers.count == 1 else { return nil }
    return numbers[0]
  }

  /// The elements of a small constant that are integers.
  func integers(_ value: String) -> [Int]? {
    guard let numbers = numbers(value) else { return nil }
    let integers = numbers.compactMap { Int(exactly: $0) }
    return integers.count == numbers.count ? integers : nil
  }

  /// Damage is no concern of whoever asks what a graph is: it shows when the values are read.
  private func numbers(_ tensor: PresentedTensor) -> [Double]? {
    let description = tensor.description
    guard description.hasNumbers, description.count <= GraphConstants.largestCount,
      tensor.byteCountInFile <= GraphConstants.largestSize
    else { return nil }
    var numbers = [Double](repeating: 0, count: description.count)
    do throws(ModelFormatError) {
      try unsafe tensor.values(in: source).withValues(in: 0..<description.byteCount) {
        (bytes) throws(ModelFormatError) in
        unsafe numbers.withUnsafeMutableBufferPointer {
          _ = unsafe ElementDecoder.decode(bytes, of: description.dataType, into: $0)
        }
      }
    } catch { return nil }
    return numbers
  }
}

extension NodeMessage {
  /// Whether a node `Cast` makes floating-point numbers.
  var castsToFloat: Bool {
    switch ONNXType(rawValue: attribute("to")?.integer ?? 0)?.element {
    case .plain(let type)?: type.isFloatingPoint
    case .encoded?, nil: false
    }
  }
}
