import BinaryIO
import LayerKinds
public import ModelFormat

/// Checks that topology and tensors of a model fit one another.
public enum StructuralCheck {
  /// Everything that does not fit; empty for a sound model, and for one without topology.
  public static func findings(
    topology: Topology?, tensors: [TensorDescription]
  ) -> [Finding] {
    guard let topology else { return [] }
    var findings: [Finding] = []
    // Names are compared byte by byte, as everywhere in the format.
    var owners: [ByteName: String] = [:]
    var names: Set<ByteName> = []
    var tensorsByName: [ByteName: TensorDescription] = [:]
    for tensor in tensors { tensorsByName[ByteName(tensor.name)] = tensor }
    var shape = topology.inputShape
    for layer in topology.layers {
      let place = "layer \(ByteName(layer.name).excerpt)"
      let shapes = LayerShapes(layer: layer, input: shape)
      if !names.insert(ByteName(layer.name)).inserted {
        findings.append(Finding(.structure, .warning, place: place, message: "the name is that of more than one layer"))
      }
      for parameter in layer.parameters {
        let key = ByteName(parameter.tensor)
        if let owner = owners.updateValue(layer.name, forKey: key) {
          findings.append(
            Finding(
              .structure, .warning, place: place,
              message: "shares tensor \(key.excerpt) with layer \(ByteName(owner).excerpt)"))
        }
        guard let tensor = tensorsByName[key] else {
          findings.append(
            Finding(
              .structure, .error, place: place,
              message: "\(ByteName(parameter.role).excerpt) tensor \(key.excerpt) is missing"))
          continue
        }
        if let message = mismatch(shapes, parameter.role, tensor) {
          findings.append(Finding(.structure, .error, place: place, message: message))
        }
      }
      if let expected = shapes.output, layer.outputShape != expected {
        let like = expected == shape ? " like its input" : ""
        findings.append(
          Finding(
            .structure, .error,
            place: place, message: "expected output shape \(expected)\(like), found \(layer.outputShape)"))
      }
      shape = layer.outputShape
    }
    for tensor in tensors where owners[ByteName(tensor.name)] == nil {
      findings.append(
        Finding(.structure, .warning, place: "tensor \(ByteName(tensor.name).excerpt)", message: "belongs to no layer"))
    }
    let classes = topology.classNames.count
    if classes > 0, [classes] != shape {
      findings.append(
        Finding(.structure, .error, place: "class names", message: "expected one per output \(shape), found \(classes)")
      )
    }
    return findings
  }

  private static func mismatch(_ shapes: LayerShapes, _ role: String, _ tensor: TensorDescription) -> String? {
    do throws(LayerMisfit) {
      guard let expected = try shapes.tensor(role), tensor.shape != expected else { return nil }
      return "expected \(role) \(ByteName(tensor.name).excerpt) of shape \(expected), found \(tensor.shape)"
    } catch {
      return error.reason == .size ? "expected \(error.expected), found \(error.found)" : nil
    }
  }
}
