import BinaryIO
import Formatting
import ModelFormat
import ModelInspection
import Pages

/// The layers of a network, drawn as boxes with shapes, parameters and what is known of their tensors.
struct TopologySection {
  /// With more layers, those in the middle are summed up.
  private static let (mostLayers, firstLayers, lastLayers) = (60, 40, 10)
  /// A file may list any number of tensors for a layer.
  private static let mostTensors = 6

  let inspection: Inspection

  var section: PageSection? {
    guard let topology = inspection.topology else { return nil }
    var tensors: [ByteName: Inspection.InspectedTensor] = [:]
    for tensor in inspection.tensors { tensors[ByteName(tensor.description.name)] = tensor }
    let count = topology.layers.count
    let isLong = count > Self.mostLayers
    let first = topology.layers.indices.prefix(isLong ? Self.firstLayers : count)
    let last = topology.layers.indices.suffix(isLong ? Self.lastLayers : 0)
    var boxes = first.map { box(topology.layers[$0], inspection.parameterCounts[$0], tensors) }
    if isLong {
      let hidden = Self.firstLayers..<count - Self.lastLayers
      let parameters = inspection.parameterCounts[hidden].reduce(0, &+)
      boxes.append(
        LayerColumn.Box(
          name: "… \(Text.grouped(hidden.count)) more layers", kind: "", output: "", size: size(parameters),
          share: share(parameters)))
    }
    boxes += last.map { box(topology.layers[$0], inspection.parameterCounts[$0], tensors) }
    return PageSection(
      "Network",
      lead: "\(Text.counted(count, "layer")), \(Text.counted(inspection.parameterCount, "parameter")). "
        + "The bar at the foot of a box is its part of all parameters.",
      [LayerColumn(title: "Layers", input: "input \(shape(topology.inputShape))", boxes)])
  }

  private func box(
    _ layer: LayerDescription, _ count: Int, _ tensors: [ByteName: Inspection.InspectedTensor]
  ) -> LayerColumn.Box {
    var lines: [String] = []
    if !layer.attributes.entries.isEmpty {
      lines.append(
        Text.listed(
          layer.attributes.entries.map { "\(Text.short($0.name)) \(Text.short($0.value.text))" }, separator: ", "))
    }
    for parameter in layer.parameters.prefix(Self.mostTensors) {
      lines.append(words(parameter, tensors[ByteName(parameter.tensor)]))
    }
    if layer.parameters.count > Self.mostTensors {
      lines.append("… and \(Text.grouped(layer.parameters.count - Self.mostTensors)) more tensors")
    }
    return LayerColumn.Box(
      name: Text.short(layer.name), kind: Text.short(layer.kind), output: shape(layer.outputShape), size: size(count),
      share: share(count), lines: lines)
  }

  /// `weight 64×32 f32: mean 0.001, deviation 0.2, L2 norm 9`.
  private func words(_ parameter: LayerDescription.Parameter, _ tensor: Inspection.InspectedTensor?) -> String {
    guard let tensor else { return Text.short(parameter.role) }
    let start =
      "\(Text.short(parameter.role)) \(shape(tensor.description.shape)) \(tensor.description.typeName)"
    guard let statistics = tensor.statistics else { return start }
    var words = [
      "mean \(Text.significant(statistics.mean, 3))", "deviation \(Text.significant(statistics.standardDeviation, 3))",
      "L2 norm \(Text.significant(statistics.l2Norm, 3))",
    ]
    let nonFinite = statistics.count - statistics.finite
    if nonFinite > 0 { words.append("\(Text.grouped(nonFinite)) not finite") }
    return "\(start): \(words.joined(separator: ", "))"
  }

  private func shape(_ dimensions: [Int]) -> String { Text.shape(Array(dimensions.prefix(8))) }

  private func size(_ parameters: Int) -> String { parameters > 0 ? Text.counted(parameters, "parameter") : "" }

  private func share(_ parameters: Int) -> Double { Double(parameters) / Double(max(inspection.parameterCount, 1)) }
}
