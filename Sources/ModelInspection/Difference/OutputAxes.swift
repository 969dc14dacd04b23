import BinaryIO
import LayerKinds
import ModelFormat

/// Along which axis of a tensor each unit of its layer has an index.
///
/// That is the axis of the layer's output where the topology names a tensor of a kind that we know, and else the first
/// one: where PyTorch, and whatever follows it, has the outputs.
struct OutputAxes {
  private var axes: [ByteName: Int] = [:]

  init(_ topology: Topology?) {
    for layer in topology?.layers ?? [] {
      let tensors = LayerKind(named: ByteName(layer.kind))?.definition.tensors ?? []
      for parameter in layer.parameters {
        let tensor = tensors.first { ByteName($0.role) == ByteName(parameter.role) }
        axes[ByteName(parameter.tensor)] = tensor?.shape.firstIndex(of: .output) ?? 0
      }
    }
  }

  func axis(ofTensorNamed name: String) -> Int { axes[ByteName(name)] ?? 0 }
}
