import ModelFormat
import ModelInspection
import Pages

/// Heat maps of Δ for the tensors that changed most.
struct DifferencePictures {
  private static let mostPictures = 12

  private let pictures: [(tensor: TensorDescription, reduction: MatrixReduction)]
  private let changedCount: Int

  /// Reads what is to be drawn, of the tensors that differ and can be compared.
  ///
  /// - Throws: any error about the values.
  init(
    _ difference: ModelDifference, _ left: any ModelSource, _ right: any ModelSource
  ) throws(ModelFormatError) {
    let changed = difference.tensors.filter { !$0.isSame && $0.values != nil }.mostChangedFirst()
    var pictures: [(tensor: TensorDescription, reduction: MatrixReduction)] = []
    // All pictures together look at so many elements.
    var elements = MatrixReduction.maximumCount
    for tensor in changed {
      guard pictures.count < Self.mostPictures else { break }
      guard let one = tensor.left, let other = tensor.right, one.count > 1, one.count <= elements else { continue }
      elements -= one.count
      if let reduction = try MatrixReduction(ofDifference: one, in: left, and: other, in: right) {
        pictures.append((one, reduction))
      }
    }
    self.pictures = pictures
    changedCount = changed.count
  }

  var section: PageSection? {
    guard !pictures.isEmpty else { return nil }
    let most = changedCount > pictures.count ? " The \(pictures.count) tensors that changed most." : ""
    return PageSection(
      "Where Δ lies",
      lead:
        "Red is where the right value is greater, blue where it is less; of large tensors red is where much changed."
        + most, [PageColumns(pictures.map { [MatrixPicture($0.tensor, $0.reduction)] })])
  }
}
