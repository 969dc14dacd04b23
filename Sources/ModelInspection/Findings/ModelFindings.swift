import BinaryIO
import LayerKinds
public import ModelFormat
import Threads

/// What tensors and topology say of a model, without running it.
public enum ModelFindings {
  /// Values that are not finite, constant and equal tensors, weights out of scale, and units that are dead, unused or
  /// there twice; in the order of the tensors and layers. Structure is `StructuralCheck`'s, and the history
  /// `HistoryFindings`'.
  ///
  /// Most of it follows from the statistics. Weights are read once more to look for duplicate units, and again only where
  /// there is something to be found. O(number of weights) time, and memory for 16 numbers for each unit of the widest layer
  /// and 32 MiB more.
  ///
  /// - Parameters:
  ///   - statistics: those of all tensors of `source`, in their order, as `TensorStatistics.ofNumbers` gives them. A
  ///     tensor without statistics is not looked at.
  ///   - threads: how many threads share the work; nil for one per processor. The result is the same.
  /// - Throws: any error of the source.
  public static func findings(
    of source: any ModelSource, statistics: [TensorStatistics?], threads: Int? = nil
  ) throws(ModelFormatError) -> [Finding] {
    let contents = source.contents
    let tensors = zip(contents.tensors, statistics).compactMap { description, statistics in
      statistics.map { MeasuredTensor(description: description, statistics: $0) }
    }
    let starts = contents.parts.topology.map(starts)
    var findings: [Finding] = []
    let single = TensorFindings()
    for tensor in tensors {
      if let finding = single.nonFinite(tensor) { findings.append(finding) }
      if let finding = single.constant(tensor, starts?[ByteName(tensor.description.name)]) { findings.append(finding) }
    }
    let layers = contents.parts.topology.map { UnitChain.layers(of: $0, named(tensors)) } ?? []
    findings += try unitFindings(layers, source, contents, threads)
    findings += ScaleOutliers.findings(weights(layers, contents.parts.topology == nil ? tensors : []))
    findings += try DuplicateTensors(source: source, contents: contents).findings(tensors)
    return findings
  }

  private static func named(_ tensors: [MeasuredTensor]) -> [ByteName: MeasuredTensor] {
    var named: [ByteName: MeasuredTensor] = [:]
    named.reserveCapacity(tensors.count)
    for tensor in tensors { named[ByteName(tensor.description.name)] = tensor }
    return named
  }

  /// How each tensor of a network begins.
  private static func starts(_ topology: Topology) -> [ByteName: LayerTensor.Start] {
    var starts: [ByteName: LayerTensor.Start] = [:]
    for layer in topology.layers {
      let tensors = LayerKind(named: ByteName(layer.kind))?.definition.tensors ?? []
      for parameter in layer.parameters {
        let tensor = tensors.first { ByteName($0.role) == ByteName(parameter.role) }
        if let tensor { starts[ByteName(parameter.tensor)] = tensor.start }
      }
    }
    return starts
  }

  private static func unitFindings(
    _ layers: [WeightedLayer], _ source: any ModelSource, _ contents: ModelContents, _ threads: Int?
  ) throws(ModelFormatError) -> [Finding] {
    var findings: [Finding] = []
    let size = layers.reduce(0) { $0.addingReportingOverflow($1.weight.description.byteCount).partialValue }
    try OrderedPipeline.run(
      count: layers.count, threads: Workload.threads(threads, byteCount: size)
    ) { (number) throws(ModelFormatError) in
      let layer = layers[number]
      var findings = try ZeroUnits(source: source, contents: contents).findings(of: layer)
      if let finding = try DuplicateUnits(layer, source, contents)?.finding() { findings.append(finding) }
      return findings
    } consume: { (_, found: [Finding]) throws(ModelFormatError) in
      findings += found
    }
    return findings
  }

  /// The weights whose sizes are compared: those of layers, and without topology the floating-point tensors with two
  /// dimensions or more whose names end in `weight`, taken as [units, …].
  private static func weights(_ layers: [WeightedLayer], _ tensors: [MeasuredTensor]) -> [ScaleOutliers.Weights] {
    layers.map { ScaleOutliers.Weights(tensor: $0.weight, weightsPerUnit: $0.layout.weightsPerUnit) }
      + tensors.compactMap { tensor in
        let (shape, name) = (tensor.description.shape, tensor.description.name)
        guard shape.count >= 2, tensor.description.count > 0, tensor.description.dataType.isFloatingPoint,
          name.utf8.suffix(6).elementsEqual("weight".utf8)
        else { return nil }
        return ScaleOutliers.Weights(tensor: tensor, weightsPerUnit: tensor.description.count / shape[0])
      }
  }
}
