extension SectionType {
  package static let trainingState = SectionType("tRST")
}

extension ModelWriter where Sink: ~Copyable {
  /// Writes the small values of a training state; its tensors come after those of the model.
  mutating func write(stateValues values: Attributes) throws(ModelFormatError) {
    try write(.trainingState, values)
  }
}

extension ContainerReader {
  /// The small values of the training state; nil when there is none.
  ///
  /// - Parameter isDropped: whether they are verified and not kept; what there is of them is empty then.
  func stateValues(isDropped: Bool = false) throws(ModelFormatError) -> Attributes? {
    let values = try structured(.trainingState) { (value) throws(ModelFormatError) -> Attributes in
      let fields = try FieldReader(value, path: "training_state")
      guard isDropped else { return try fields.attributes() }
      try fields.checkAttributes()
      return [:]
    }
    guard values != nil || index.stateTensors.isEmpty else {
      throw ModelFormatError(
        .inconsistentLayout, section: "INDX", expected: "a section tRST with the tensors of the training state",
        found: "\(index.stateTensors.count) such tensors alone")
    }
    return values
  }
}
