import Formatting
import ModelFormat
import ModelInspection
import Pages

/// Pictures of weights: those of the first layer as images, and the largest tensors as heat maps.
struct InspectionPictures {
  private static let mostMatrices = 8
  /// All heat maps together look at so many elements.
  private static let mostElements = MatrixReduction.maximumCount

  private let firstLayer: FirstLayerImages?
  private let matrices: [(tensor: TensorDescription, reduction: MatrixReduction)]
  private let matrixCount: Int

  /// No pictures, where values are not to be read.
  static let none = InspectionPictures(firstLayer: nil, matrices: [], matrixCount: 0)

  private init(
    firstLayer: FirstLayerImages?, matrices: [(tensor: TensorDescription, reduction: MatrixReduction)],
    matrixCount: Int
  ) {
    (self.firstLayer, self.matrices, self.matrixCount) = (firstLayer, matrices, matrixCount)
  }

  /// Reads what is to be drawn.
  ///
  /// - Parameter inspection: that of the source; heat maps are of its tensors.
  /// - Throws: any error about the values.
  init(_ inspection: Inspection, _ source: any ModelSource) throws(ModelFormatError) {
    let candidates = inspection.tensors.map(\.description).filter {
      $0.shape.count > 1 && MatrixReduction.isPossible($0)
    }
    let largest = candidates.indices.sorted { (candidates[$1].count, $0) < (candidates[$0].count, $1) }
    var matrices: [(tensor: TensorDescription, reduction: MatrixReduction)] = []
    var elements = 0
    for place in largest {
      let tensor = candidates[place]
      guard matrices.count < Self.mostMatrices else { break }
      guard tensor.count <= Self.mostElements - elements else { continue }
      elements += tensor.count
      if let reduction = try MatrixReduction(of: tensor, in: source) { matrices.append((tensor, reduction)) }
    }
    self.init(
      firstLayer: inspection.tensors.count == inspection.allTensors.count ? try FirstLayerImages(of: source) : nil,
      matrices: matrices, matrixCount: inspection.tensors.count { $0.description.shape.count > 1 })
  }

  var firstLayerSection: PageSection? {
    guard let firstLayer else { return nil }
    let images = firstLayer.images.enumerated().map { unit, values in
      let scale = values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
      return ImageGrid.Image(
        signed: values, width: firstLayer.width, scale: scale, caption: "unit \(unit), ±\(Text.significant(scale, 2))")
    }
    let count =
      firstLayer.unitCount > images.count
      ? "the first \(Text.grouped(images.count)) of \(Text.grouped(firstLayer.unitCount)) units"
      : Text.counted(images.count, "unit")
    let channels = firstLayer.channels > 1 ? ", \(firstLayer.channels) channels below one another" : ""
    let what = firstLayer.isKernel ? "Kernels" : "Weights for each pixel of the input"
    return PageSection(
      "First layer",
      lead:
        "\(what) of \(Text.short(firstLayer.layer)), \(count)\(channels). Red is above 0, blue below; each image has a "
        + "scale of its own.", [ImageGrid(title: "", images)])
  }

  var matrixSection: PageSection? {
    guard !matrices.isEmpty else { return nil }
    let count =
      matrixCount > matrices.count ? "The largest \(matrices.count) of \(Text.grouped(matrixCount)). " : ""
    return PageSection(
      "Heat maps", lead: "\(count)Red is above 0, blue below.",
      [PageColumns(matrices.map { [MatrixPicture($0.tensor, $0.reduction)] })])
  }
}

extension MatrixPicture {
  /// The picture of a tensor, with what a point of it stands for.
  init(_ tensor: TensorDescription, _ reduction: MatrixReduction) {
    let point =
      reduction.isExact
      ? "a point is a value"
      : "a point is the \(reduction.measure.words) of \(reduction.blockRows)×\(reduction.blockColumns) values"
    let view = tensor.shape.count > 2 ? " as \(reduction.rows)×\(reduction.columns)" : ""
    self.init(
      title: Text.short(tensor.name), values: reduction.values, width: reduction.width,
      note: "\(Text.shape(Array(tensor.shape.prefix(8))))\(view); \(point)")
  }
}

extension MatrixReduction.Measure {
  fileprivate var words: String {
    switch self {
    case .mean: "mean"
    case .rootMeanSquare: "root mean square"
    }
  }
}
