import ModelFormat
import ModelInspection
import NetworkRuns
import NeuralNetwork

/// The JSON form of an inspection (schema 1). Property names become snake case.
struct InspectionDocument: Encodable {
  struct File: Encodable {
    let path: String
    let bytes: Int
    /// How many files the model is made of, where they are several.
    let files: Int?
    let format: String
    /// nil for formats without versions.
    let version: String?
  }

  struct Layer: Encodable {
    let index: Int
    let kind: String
    let name: String
    let outputShape: [Int]
    let parameters: Int
    let attributes: AttributesJSON
    let tensors: [String]
  }

  struct Network: Encodable {
    struct Preprocessing: Encodable {
      let scale: Double
      let offset: Double
    }

    let inputShape: [Int]
    let preprocessing: Preprocessing
    let layers: [Layer]
    let parameters: Int
    let loss: String?
    let classNames: TextsJSON
  }

  struct Statistics: Encodable {
    struct Bins: Encodable {
      let edges: [Double]
      let counts: [Int]
    }

    struct Percentiles: Encodable {
      let first: Double
      let median: Double
      let ninetyNinth: Double

      private enum CodingKeys: String, CodingKey {
        case first = "1"
        case median = "50"
        case ninetyNinth = "99"
      }
    }

    /// A value that is null, rather than left out, where there is none.
    struct OrNull<Value: Encodable>: Encodable {
      let value: Value?

      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
      }
    }

    let minimum: Double?
    let maximum: Double?
    let minimumIndex: OrNull<Int>
    let maximumIndex: OrNull<Int>
    let mean: Double?
    let standardDeviation: Double?
    let skewness: OrNull<Double>
    let excessKurtosis: OrNull<Double>
    let percentiles: OrNull<Percentiles>
    let l1Norm: Double
    let l2Norm: Double
    let maximumNorm: Double
    let zeros: Int
    let negativeZeros: Int
    let subnormals: Int
    let nearZeroFraction: OrNull<Double>
    let nan: Int
    let positiveInfinity: Int
    let negativeInfinity: Int
    let firstNonFiniteIndex: OrNull<Int>
    let rawBytes: Int
    let byteEntropy: [Double]
    let histogram: Bins?
  }

  struct InspectedTensor: Encodable {
    let name: String
    let dtype: String
    let shape: [Int]
    let count: Int
    let storedBytes: Int
    let statistics: Statistics?
    let spectrum: SpectrumJSON?
    /// All values in row-major order, where they are asked for: numbers, or texts for what JSON has no number for.
    var values: TensorValuesJSON?
  }

  /// What tensors under a part of their names have together.
  struct Part: Encodable {
    let name: String
    let tensors: Int
    let elements: Int
    let bytes: Int
    let parts: [Part]
  }

  struct History: Encodable {
    let epochs: Int
    let series: SeriesJSON
    /// The epoch with the least validation loss, else test loss, from 1.
    var bestEpoch: Int?
    /// The epoch that the weights are of.
    var weightsEpoch: Int?
    /// The accuracy of the weights on test data, else on validation data.
    var accuracy: Double?
    /// Its interval at 95 %, where the number of samples is known.
    var accuracyInterval: SeriesDocument.Interval?
  }

  struct Finding: Encodable {
    let code: String
    let severity: String
    let place: String
    let message: String
    let evidence: AttributesJSON
  }

  let schema = 1
  let file: File
  let topology: Network?
  let activations: ActivationsDocument?
  /// What is missing, and why; nil where nothing is.
  let leftOut: [String]?
  private(set) var tensors: [InspectedTensor]
  var tree: Part?
  let history: History
  let metadata: AttributesJSON
  let findings: [Finding]

  init(_ inspection: Inspection) {
    file = File(
      path: inspection.path, bytes: inspection.fileSize,
      files: inspection.fileCount > 1 ? inspection.fileCount : nil, format: inspection.format.name,
      version: inspection.version)
    topology = inspection.topology.map { topology in
      Network(
        inputShape: topology.inputShape,
        preprocessing: Network.Preprocessing(
          scale: topology.preprocessing.scale, offset: topology.preprocessing.offset),
        layers: topology.layers.enumerated().map { index, layer in
          Layer(
            index: index, kind: layer.kind, name: layer.name, outputShape: layer.outputShape,
            parameters: inspection.parameterCounts[index],
            attributes: AttributesJSON(attributes: layer.attributes), tensors: layer.parameters.map(\.tensor))
        },
        parameters: inspection.parameterCount, loss: topology.loss, classNames: TextsJSON(texts: topology.classNames))
    }
    leftOut = inspection.spectrumHindrance.map { ["singular values: \($0)"] }
    activations = inspection.activations.map(ActivationsDocument.init)
    tensors = inspection.tensors.map { tensor in
      InspectedTensor(
        name: tensor.description.name, dtype: tensor.description.typeName,
        shape: tensor.description.shape, count: tensor.description.count, storedBytes: tensor.storedBytes,
        statistics: tensor.statistics.map(Statistics.init), spectrum: tensor.spectrum.map(SpectrumJSON.init))
    }
    let summary = inspection.summary
    history = History(
      epochs: inspection.history.epochs, series: SeriesJSON(columns: inspection.history.columns),
      bestEpoch: summary.bestEpoch, weightsEpoch: summary.weightsEpoch, accuracy: summary.accuracy?.value,
      accuracyInterval: summary.accuracy?.interval.map { .init(lower: $0.lower, upper: $0.upper) })
    metadata = AttributesJSON(attributes: inspection.metadata)
    findings = inspection.findings.map { finding in
      Finding(
        code: finding.code.rawValue, severity: finding.severity.rawValue, place: finding.place,
        message: finding.message, evidence: AttributesJSON(attributes: finding.evidence))
    }
  }
}

extension InspectionDocument.Statistics {
  fileprivate init(_ statistics: TensorStatistics) {
    self.init(
      minimum: statistics.minimum, maximum: statistics.maximum, minimumIndex: OrNull(value: statistics.minimumIndex),
      maximumIndex: OrNull(value: statistics.maximumIndex), mean: statistics.mean,
      standardDeviation: statistics.standardDeviation,
      skewness: OrNull(value: statistics.skewness), excessKurtosis: OrNull(value: statistics.excessKurtosis),
      percentiles: OrNull(
        value: statistics.percentiles.map {
          Percentiles(first: $0.first, median: $0.median, ninetyNinth: $0.ninetyNinth)
        }),
      l1Norm: statistics.l1Norm, l2Norm: statistics.l2Norm, maximumNorm: statistics.maximumNorm,
      zeros: statistics.zeros, negativeZeros: statistics.negativeZeros, subnormals: statistics.subnormals,
      nearZeroFraction: OrNull(value: statistics.nearZeroFraction), nan: statistics.nan,
      positiveInfinity: statistics.positiveInfinity, negativeInfinity: statistics.negativeInfinity,
      firstNonFiniteIndex: OrNull(value: statistics.firstNonFiniteIndex), rawBytes: statistics.rawByteCount,
      byteEntropy: statistics.byteEntropy,
      histogram: statistics.histogram.map { Bins(edges: $0.edges, counts: $0.counts) })
  }
}

extension InspectionDocument {
  /// Adds the values of the tensors.
  mutating func addValues(_ file: any ModelFile, of inspected: [Inspection.InspectedTensor]) throws {
    for (number, tensor) in inspected.enumerated() {
      let elements = try TensorElements(file, at: tensor.place)
      tensors[number].values = TensorValuesJSON(
        texts: try elements.texts(in: 0..<tensor.description.count))
    }
  }
}

extension InspectionDocument.Part {
  /// The sums of an inspection's tensors, to a depth.
  init(_ inspection: Inspection, depth: Int) {
    self.init(NameTree(inspection.tensors.map(\.description), depth: depth).root)
  }

  private init(_ node: NameTree.Node) {
    self.init(
      name: node.name, tensors: node.tensors.count, elements: node.elementCount, bytes: node.byteCount,
      parts: node.children.map(Self.init))
  }
}
