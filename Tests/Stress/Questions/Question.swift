package import ModelFormat

/// A way in which what a command is given can be large. Each has a number n that the work may grow with, not faster.
package struct Question: Sendable {
  /// What a question is about: it is put to every command that reads such a thing.
  package enum Subject: Sendable {
    case model
    case data
    /// The options of one command.
    case options(command: String)
  }

  package let name: String
  /// What n counts.
  package let unit: String
  package let subject: Subject
  /// The largest n of a complete run; it begins with a quarter.
  package let largest: Int
  /// The largest n of a quick run.
  package let quick: Int
  /// Formats that lack what the question is about.
  package let missingFormats: Set<String>
  /// Whether each format has a file of its own for it, in place of a model that is written in the format.
  package let isOfFiles: Bool
  let build: @Sendable (Int, inout Sample) throws -> Void
  let options: @Sendable (Int) -> [String]

  package init(
    _ name: String, _ unit: String, _ subject: Subject = .model, largest: Int, quick: Int,
    missing missingFormats: Set<String> = [], isOfFiles: Bool = false,
    build: @escaping @Sendable (Int, inout Sample) throws -> Void = { (_, _) in },
    options: @escaping @Sendable (Int) -> [String] = { _ in [] }
  ) {
    self.name = name
    self.unit = unit
    self.subject = subject
    self.largest = largest
    self.quick = quick
    self.missingFormats = missingFormats
    self.isOfFiles = isOfFiles
    self.options = options
    self.build = build
  }

  /// All questions.
  package static var all: [Question] { models + names + structured + hostile + data + options }

  func sample(_ count: Int, variant: Int) throws -> Sample {
    var sample = Sample(variant: variant)
    // Nothing but what the question is about: what a command costs anyway.
    if count > 0 { try build(count, &sample) }
    return sample
  }

  /// Whether there is such a question to a command, for a model in a format.
  package func concerns(_ command: CommandCase, _ format: FileFormat) -> Bool {
    switch subject {
    // What nothing writes is asked what its own files are for, by commands that need no network.
    case .model:
      command.readsModels && !missingFormats.contains(format.name)
        && (format.isWritable || isOfFiles && !command.readsData)
    case .data: command.readsData && format == .nnk
    case .options(let name): command.name == name && format == .nnk
    }
  }
}
