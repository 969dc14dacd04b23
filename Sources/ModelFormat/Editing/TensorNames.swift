import BinaryIO

/// What becomes of the names of a model's tensors.
struct TensorNames {
  private var newNames: [ByteName: String] = [:]
  private var dropped: Set<ByteName> = []

  /// - Throws: `noSuchTensor`, or `contradiction`.
  init(_ source: any ModelSource, _ edit: ModelEdit) throws(ModelEditError) {
    let contents = edit.changesTensors ? source.contents : nil
    func check(_ name: String) throws(ModelEditError) {
      guard let contents else { return }
      do { _ = try source.place(ofTensorNamed: name, in: contents) } catch { throw .noSuchTensor(error) }
    }
    for name in edit.droppedTensors {
      try check(name)
      dropped.insert(ByteName(name))
    }
    for renaming in edit.renamings {
      try check(renaming.old)
      let name = ByteName(renaming.old)
      guard !dropped.contains(name), newNames.updateValue(renaming.new, forKey: name) == nil else {
        throw .contradiction(tensor: renaming.old)
      }
    }
  }

  func isDropped(_ name: String) -> Bool { !dropped.isEmpty && dropped.contains(ByteName(name)) }

  func newName(of name: String) -> String { newNames.isEmpty ? name : newNames[ByteName(name)] ?? name }

  /// The contents of the changed model, and the places that its tensors have in the old one.
  func contents(
    _ old: ModelContents, _ parts: ModelParts, _ edit: ModelEdit
  ) throws(ModelEditError) -> (ModelContents, places: [Int]) {
    var (tensors, places): ([TensorDescription], [Int]) = ([], [])
    for (place, tensor) in old.tensors.enumerated() where !isDropped(tensor.name) {
      do { tensors.append(try tensor.named(newName(of: tensor.name))) } catch { throw .invalidName(error) }
      places.append(place)
    }
    if !edit.dropsTrainingState { places += old.stateTensors.indices.map { old.tensors.count + $0 } }
    do {
      let contents = try ModelContents(
        parts, tensors: tensors, stateValues: edit.dropsTrainingState ? nil : old.stateValues,
        stateTensors: edit.dropsTrainingState ? [] : old.stateTensors)
      return (contents, places)
    } catch {
      // The old names are all different, so one of two equal ones is new.
      let taken = ByteName(error.tensor ?? "")
      let old = edit.renamings.first { ByteName($0.new) == taken }?.old ?? taken.text
      throw .nameTaken(old: old, new: taken.text)
    }
  }
}
