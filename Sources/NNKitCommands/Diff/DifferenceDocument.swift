import ModelFormat
import ModelInspection

/// The JSON form of a difference (schema 1). Property names become snake case.
struct DifferenceDocument: Encodable {
  struct Detail: Encodable {
    let name: String
    let left: String?
    let right: String?

    init(_ detail: ModelDifference.Detail) { (name, left, right) = (detail.name, detail.left, detail.right) }
  }

  struct TolerancePair: Encodable {
    let absolute: Double
    let relative: Double
  }

  struct Sentence: Encodable {
    let code: String
    let message: String
  }

  struct Metadata: Encodable {
    let name: String
    let left: AttributeJSON?
    let right: AttributeJSON?
  }

  /// A part that is not compared, since a file of another format lacks it.
  struct Missing: Encodable {
    let part: String
    let side: String
    let format: String
  }

  let schema = 1
  let left: String
  let right: String
  let tolerance: TolerancePair
  let filter: String?
  let same: Bool
  let summary: [Sentence]
  let topology: [Detail]
  let layers: [LayerMatchDocument]
  let tensors: [TensorDifferenceDocument]
  let history: [ColumnDifferenceDocument]
  let metadata: [Metadata]
  let alignment: AlignmentDocument?
  let function: FunctionDocument?
  /// Parts that only one file has; nil where both are compared in all.
  let missing: [Missing]?
  /// What is missing, and why; nil where nothing is.
  let leftOut: [String]?

  init(_ report: DifferenceReport) {
    let difference = report.difference
    left = report.left
    right = report.right
    tolerance = TolerancePair(absolute: report.tolerance.absolute, relative: report.tolerance.relative)
    filter = report.filter
    same = difference.isSame
    summary = report.summary.lines.map { Sentence(code: $0.code.rawValue, message: $0.message) }
    topology = difference.topology.map(Detail.init)
    alignment = report.networks.alignment.map(AlignmentDocument.init)
    function = report.networks.function.map { FunctionDocument($0, classNames: report.networks.classNames) }
    missing =
      difference.missing.isEmpty
      ? nil
      : difference.missing.map {
        Missing(part: $0.part.rawValue, side: $0.isLeft ? "left" : "right", format: $0.format.name)
      }
    leftOut = report.leftOut.isEmpty ? nil : report.leftOut
    layers = difference.layers.map(LayerMatchDocument.init)
    tensors = difference.tensors.map(TensorDifferenceDocument.init)
    history = difference.history.map(ColumnDifferenceDocument.init)
    metadata = difference.metadata.map {
      Metadata(name: $0.name, left: $0.left.map(AttributeJSON.init), right: $0.right.map(AttributeJSON.init))
    }
  }
}

/// A layer of either model, or one of each that correspond.
struct LayerMatchDocument: Encodable {
  struct Side: Encodable {
    let index: Int
    let name: String
    let kind: String
    let outputShape: [Int]

    init(_ side: LayerMatch.Side) {
      index = side.index
      name = side.layer.name
      kind = side.layer.kind
      outputShape = side.layer.outputShape
    }
  }

  let change: String
  let left: Side?
  let right: Side?
  let attributes: [DifferenceDocument.Detail]

  init(_ match: LayerMatch) {
    change = match.change.rawValue
    left = match.left.map(Side.init)
    right = match.right.map(Side.init)
    attributes = match.attributes.map(DifferenceDocument.Detail.init)
  }
}

/// A column of the history that differs, in numbers.
struct ColumnDifferenceDocument: Encodable {
  struct Side: Encodable {
    let epochs: Int
    let last: Double?
    let saved: Double?
    let savedEpoch: Int?
    let best: Double?
    let bestEpoch: Int?

    init(_ side: ColumnDifference.Side) {
      epochs = side.epochs
      last = side.last
      saved = side.saved?.value
      savedEpoch = side.saved?.epoch
      best = side.best?.value
      bestEpoch = side.best?.epoch
    }
  }

  let name: String
  let left: Side?
  let right: Side?
  let firstDifference: Int?

  init(_ column: ColumnDifference) {
    name = column.name
    left = column.left.map(Side.init)
    right = column.right.map(Side.init)
    firstDifference = column.firstDifference
  }
}
