import ModelFormat

/// A cut model with a topology.
struct CutNetwork: ModelSource {
  private let cut: CutSource
  let contents: ModelContents
  var name: String { cut.name }

  init(_ cut: CutSource, _ topology: Topology) throws {
    self.cut = cut
    contents = try ModelContents(ModelParts(topology: topology), tensors: cut.contents.tensors)
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues { try cut.values(at: place) }
}
