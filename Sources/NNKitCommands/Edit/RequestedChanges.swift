import Formatting
import ModelFormat
import ModelInspection

/// What the options ask for, of a certain file.
struct RequestedChanges {
  private(set) var edit = ModelEdit()
  private(set) var list: [ReportedChange] = []

  /// - Throws: `CommandFailure` for a pattern or a name that no tensor has.
  init(
    _ file: any ModelFile, settings: [MetadataSetting], removals: [String], classNames: [String]?,
    renamings: [TensorRenaming], drops: [String], dropsTrainingState: Bool
  ) throws {
    for setting in settings {
      let value = setting.value(replacing: file.metadata[setting.key])
      edit.setMetadata.append((setting.key, value))
      list.append(.set(setting.key, value, replaced: file.metadata[setting.key]))
    }
    for key in removals {
      edit.removedMetadata.append(key)
      list.append(.removed(key))
    }
    if let classNames {
      edit.classNames = classNames
      list.append(.classNames(classNames))
    }
    for renaming in renamings {
      let renaming = try renaming.renaming(in: file.contents, of: file.name)
      edit.renamings.append(renaming)
      list.append(.renamed(renaming))
    }
    var dropped: Set<Int> = []
    for pattern in drops { dropped.formUnion(try RequestedChanges.places(pattern, in: file)) }
    for place in dropped.sorted() {
      edit.droppedTensors.append(file.tensors[place].name)
      list.append(.dropped(file.tensors[place]))
    }
    if dropsTrainingState {
      edit.dropsTrainingState = true
      list.append(.trainingState(isThere: file.hasTrainingState))
    }
  }

  /// The places of the tensors that a pattern names. A name that a tensor has means that tensor, whatever characters of
  /// patterns are in it.
  private static func places(_ pattern: String, in file: any ModelFile) throws -> [Int] {
    if let place = file.contents.place(ofTensorNamed: pattern) { return [place] }
    let glob = Glob(pattern)
    let places = file.tensors.indices.filter { glob.matches(file.tensors[$0].name) }
    guard places.isEmpty else { return places }
    throw CommandFailure.usage(
      "no tensor of \(file.name) matches --drop \(Text.short(pattern)); it has "
        + Text.listed(file.tensors.map(\.name), separator: ", ", as: Text.short))
  }
}
