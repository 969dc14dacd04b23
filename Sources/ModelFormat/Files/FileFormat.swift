package import BinaryIO

/// A kind of files that models are read from, and perhaps written to. What a file is shows in its content, whatever its
/// name.
public struct FileFormat: Sendable {
  /// What a file is to be like, where its format leaves a choice.
  package struct WritingOptions: Sendable {
    package let compression: Compression
    /// How many threads share the work; nil for one per processor.
    package let threads: Int?
    /// Whether tensors of an `.nnk` file are copied as they are stored, where the format is the same.
    package var copiesChunks = false
  }

  /// Whether a file is one of this format, sound or not, by its first 16 bytes, or fewer where it has no more, and by
  /// whatever else of it is needed.
  ///
  /// Of a pipe these bytes are all that is there at first: then it is asked whether the file may be one.
  package typealias Recogniser =
    @Sendable (_ start: [UInt8], any RandomAccessSource) throws(ModelFormatError) -> Bool
  /// Reads everything but the values of tensors. What is dropped is verified and not kept, where that saves memory: the
  /// sections of history and training state are what may be.
  package typealias Opener =
    @Sendable (any RandomAccessSource, DecodingLimits, _ dropping: Set<SectionType>) throws(ModelFormatError)
    -> any ModelFile
  /// Writes a whole file to an output, which it gives back.
  package typealias Writer =
    @Sendable (any ModelSource, WritingOptions, consuming FileOutput) throws(ModelFormatError) -> FileOutput

  /// The name, such as `nnk`.
  public let name: String
  /// What people call a file of it.
  public let title: String
  /// How the names of its files end, without the dot, the usual one first.
  public let extensions: [String]
  /// Whether files carry checksums, without which damage to values goes unnoticed.
  public let hasChecksums: Bool
  /// Whether files can be compressed.
  public let isCompressible: Bool
  /// The parts of a model that have a place in it, as the sections that hold them in `.nnk`.
  package let keeps: Set<SectionType>
  /// Whether elements that no `DataType` describes are stored as they are. Otherwise their numbers are, if they have any.
  package let keepsEncoding: @Sendable (TensorEncoding) -> Bool
  /// Whether sections of `.nnk` that may be copied unread have a place in it.
  public let keepsSections: Bool
  /// Whether models can be written in it.
  public var isWritable: Bool { write != nil }

  package let recognises: Recogniser
  package let open: Opener
  /// Nil for a format that is only read.
  package let write: Writer?
  /// What people should know of a file that was written; nil when there is nothing to say.
  private let note: @Sendable (ModelContents) -> String?

  package init(
    name: String, title: String, extensions: [String], hasChecksums: Bool, isCompressible: Bool,
    keeps: Set<SectionType>, keepsSections: Bool,
    keepsEncoding: @escaping @Sendable (TensorEncoding) -> Bool = { _ in false },
    recognises: @escaping Recogniser, open: @escaping Opener,
    write: Writer?, note: @escaping @Sendable (ModelContents) -> String? = { _ in nil }
  ) {
    self.name = name
    self.title = title
    self.extensions = extensions
    self.hasChecksums = hasChecksums
    self.isCompressible = isCompressible
    self.keeps = keeps
    self.keepsSections = keepsSections
    self.keepsEncoding = keepsEncoding
    self.recognises = recognises
    self.open = open
    self.write = write
    self.note = note
  }
}

extension FileFormat: Equatable {
  /// No two formats have the same name.
  public static func == (left: FileFormat, right: FileFormat) -> Bool { left.name == right.name }
}

extension FileFormat {
  /// Something of a model that is not in a file made from it, and what follows from that.
  public struct Loss: Equatable, Sendable {
    /// What is lost, such as `training state`.
    public let what: String
    /// Why, or what follows.
    public let why: String

    package init(what: String, why: String) {
      self.what = what
      self.why = why
    }
  }

  /// What a file of this format at `path` lacks of the file that it was made from.
  ///
  /// - Parameter isRebuilt: whether a new model was made out of the tensors, which drops unknown sections.
  public func losses(of file: any ModelFile, savedTo path: String, isRebuilt: Bool = false) -> [Loss] {
    let parts = file.contents.parts
    var losses = PartSection.all.filter { !keeps.contains($0.type) && $0.isIn(parts) }
      .map { Loss(what: $0.name, why: "\(name) has no place for it") }
    if file.hasTrainingState, !keeps.contains(.trainingState) {
      losses.append(
        Loss(what: "training state", why: "\(name) has no place for it, so training cannot be resumed"))
    }
    losses += file.omissions + lostEncodings(of: file.contents.tensors)
    let keepsSections = keepsSections && !isRebuilt
    for section in file.unknownSectionTypes where !keepsSections || !section.isSafeToCopy {
      let why = keepsSections ? "it is not marked as safe to copy" : "the output has no place for it"
      losses.append(Loss(what: "section \(section)", why: why))
    }
    if file.format.hasChecksums, !hasChecksums {
      losses.append(Loss(what: "checksums", why: "damage to \(path) will go unnoticed"))
    }
    return losses
  }

  private func lostEncodings(of tensors: [TensorDescription]) -> [Loss] {
    var names: [ByteName] = []
    var counts: [ByteName: Int] = [:]
    for case let encoding? in tensors.lazy.map(\.encoding) where encoding.hasNumbers && !keepsEncoding(encoding) {
      let name = ByteName(encoding.name)
      if counts[name] == nil { names.append(name) }
      counts[name, default: 0] += 1
    }
    return names.map { encoding in
      let count = counts[encoding, default: 0]
      return Loss(
        what: "the type \(encoding.text) of \(count) \(count == 1 ? "tensor" : "tensors")",
        why: "\(name) has no such type, so the numbers are stored as f32, exactly")
    }
  }

  /// What people should know of a file of this format that holds so much of these contents as it can.
  public func notes(on contents: ModelContents) -> [String] { [note(contents)].compactMap(\.self) }
}
