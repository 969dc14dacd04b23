import BinaryIO
import IDX
import LayerKinds
import ModelFormat
import ModelInspection
import NetworkInspection
import NetworkRuns
import NetworkStorage
import NeuralNetwork
import Threads

/// What shows when the network of a model is run: bounds of its units for all inputs, and its activations on samples.
struct InspectedNetwork {
  /// The samples to run.
  struct Samples {
    let path: String
    /// How many at most; nil for all.
    let count: Int?
  }

  /// Networks with more bytes of parameters are not built only to look for units that never fire.
  static let largestNetwork = 1 << 25

  let findings: [Finding]
  /// nil without samples.
  let activations: ActivationReport?

  /// - Throws: `PredictionError` for a model that cannot be run on the samples, `IDXError` for these; any error about
  ///   values.
  init(_ source: any ModelSource, samples: Samples?) throws {
    let ranges = try InspectedNetwork.rangeFindings(source)
    let activations = try samples.map { try InspectedNetwork.activations(source, $0) }
    self.activations = activations
    // Units that no input makes fire fire on no sample either.
    let others = (activations?.findings ?? []).filter { finding in
      !ranges.contains {
        $0.code == finding.code && ByteName($0.place) == ByteName(finding.place)
          && $0.evidence["count"] == finding.evidence["count"]
      }
    }
    findings = ranges + others
  }

  /// Whether the network of a model with these tensors is built.
  static func isSmall(_ tensors: [TensorDescription]) -> Bool {
    var size = 0
    for tensor in tensors {
      let (sum, overflow) = size.addingReportingOverflow(tensor.byteCount)
      guard !overflow, sum <= largestNetwork else { return false }
      size = sum
    }
    return true
  }

  /// Nothing for a model that is no network, of other inputs than bytes, or a large one; nor for one without a layer of
  /// which bounds tell anything, which is not built at all.
  private static func rangeFindings(_ source: any ModelSource) throws -> [Finding] {
    let contents = source.contents
    guard let topology = contents.parts.topology, isSmall(contents.tensors),
      topology.layers.contains(where: { RangeFindings.concern(LayerKind(named: ByteName($0.kind))) }),
      RunMetadata(contents.parts.metadata).elementType.map({ ByteName($0) }) == ByteName("\(IDXElementType.uint8)"),
      let inputs = InputRange.ofBytes(topology.preprocessing)
    else { return [] }
    let network: Network<Float>
    do { network = try Network(source, threads: nil) } catch is NetworkStorageError {
      // `StructuralCheck` says why it cannot be built, or it has layers of another program.
      return []
    }
    return RangeFindings.findings(network, inputs: inputs, names: topology.layers.map(\.name))
  }

  private static func activations(_ source: any ModelSource, _ samples: Samples) throws -> ActivationReport {
    let predictor = try Predictor(source)
    var reader = try IDXReader(path: samples.path)
    try predictor.check(reader.header, samples: samples.path)
    var survey = try ActivationSurvey(predictor.network, names: predictor.layerNames, threads: Processors.count)
    var count = 0
    while count < samples.count ?? .max,
      let piece = try reader.readItems(maximumCount: min(Predictor.pieceSize, (samples.count ?? .max) - count))
    {
      let inputs = try predictor.prepare(piece, firstIndex: count)
      try survey.add(inputs)
      count += inputs.count
    }
    return survey.finish()
  }
}
