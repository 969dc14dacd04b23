import ArgumentParser
import ModelExchange
import ModelFormat

/// `nnkit edit`
struct EditCommand: Subcommand {
  static let example = "nnkit edit digits.nnk --output named.nnk --set author=Ada --class-names names.txt"

  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Change the metadata, class names or tensor names of a model file, or take tensors out.",
    discussion: """
      Weights stay as they are, and so do all other parts that no option names. From .nnk to .nnk the weights are copied as \
      they are stored, once their checksums are verified. The output may be the model itself, with --force: after a crash \
      the old file is there or the complete new one.

      VALUE is a number, true, false, a text in quotation marks, or an array of these, where it is one in JSON; anything \
      else is a text as it stands. A number without fraction and exponent is an integer, unless it takes the place of a \
      number with one. All names are those before the changes.
      """)

  @Argument(help: "The model file, or - for standard input.")
  var model: String

  @Option(help: ArgumentHelp("Where to save; - is standard output, as .nnk.", valueName: "out"))
  var output: String

  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Add an entry to the metadata, or replace it.", valueName: "key=value"),
    transform: MetadataSetting.init)
  var settings: [MetadataSetting] = []

  @Option(
    name: .customLong("remove"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Take an entry out of the metadata.", valueName: "key"))
  var removals: [String] = []

  @Option(help: ArgumentHelp("Name the classes: a line for each output, in their order.", valueName: "file"))
  var classNames: String?

  @Option(
    name: .customLong("rename"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Rename a tensor, in the topology too.", valueName: "old=new"), transform: TensorRenaming.init)
  var renamings: [TensorRenaming] = []

  @Option(
    name: .customLong("drop"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Take out the tensors whose names match, as in 'optimizer.*'; not those of a layer.", valueName: "pattern"))
  var drops: [String] = []

  @Flag(help: "Take out what is kept to go on with the training.")
  var dropTrainingState = false

  @Flag(help: "Replace the output if it exists.")
  var force = false

  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    _ = try ModelOutput(output, outputOptions)
    guard [model, classNames].count(where: { $0 == "-" }) < 2 else { throw ValidationError("only one input can be -") }
    let isNothing =
      settings.isEmpty && removals.isEmpty && classNames == nil && renamings.isEmpty && drops.isEmpty
    if isNothing, !dropTrainingState {
      throw ValidationError(
        "there is nothing to change: give --set, --remove, --class-names, --rename, --drop or --drop-training-state")
    }
    for setting in settings where removals.contains(where: { $0.utf8.elementsEqual(setting.key.utf8) }) {
      throw ValidationError("--set and --remove both name \(setting.key)")
    }
  }

  func run() throws {
    let target = try ModelOutput(output, outputOptions)
    try target.check(replacing: force)
    if let classNames {
      try OutputCheck.checkInputsAreKept("--output", output, inputs: [classNames])
    }
    let names = try classNames.map { try ClassNameFile(path: $0).names }
    let file = try ModelFiles.open(model)
    let changes = try RequestedChanges(
      file, settings: settings, removals: removals, classNames: names, renamings: renamings, drops: drops,
      dropsTrainingState: dropTrainingState)
    let edited: EditedFile
    do { edited = try EditedFile(file, changes.edit) } catch let error as ModelEditError {
      throw CommandFailure(error, path: model)
    }
    var report = EditReport(edited, input: model, target, changes.list)
    try edited.model.save(to: output, as: target.format, replacing: force)
    report.output.measure()
    outputOptions.tell(report)
    try outputOptions.printDocument(report)
  }
}
