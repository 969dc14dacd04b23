import ModelFormat

/// A file as it will be, once it is changed.
struct EditedFile: ModelFile {
  private let file: any ModelFile
  let model: EditedModel

  init(_ file: any ModelFile, _ edit: ModelEdit) throws {
    self.file = file
    model = try EditedModel(file, edit)
  }

  var name: String { file.name }
  var contents: ModelContents { model.contents }
  var format: FileFormat { file.format }
  var fileSize: Int { file.fileSize }
  var unknownSectionTypes: [SectionType] { file.unknownSectionTypes }

  /// Not known before it is written.
  func storedByteCount(at place: Int) -> Int { 0 }
  func values(at place: Int) throws(ModelFormatError) -> any TensorValues { try model.values(at: place) }
  func encodedValues(at place: Int) throws(ModelFormatError) -> any TensorValues {
    try model.encodedValues(at: place)
  }
  func copyableSections() throws(ModelFormatError) -> [UnknownSection] { try model.copyableSections() }
}
