import Formatting
import ModelFormat

/// What a model file holds that was written.
struct ReportedContents: Encodable {
  var tensors: Int
  var topology: Bool
  let epochs: Int
  let metadata: Int
  let trainingState: Bool

  init(_ file: any ModelFile, savedAs format: FileFormat) {
    tensors = file.tensors.count
    topology = file.topology != nil
    epochs = file.history.epochs
    metadata = file.metadata.entries.count
    trainingState = file.hasTrainingState && format.keeps.contains(.trainingState)
  }

  var text: String {
    var facts = [Text.counted(tensors, "tensor")]
    if topology { facts.append("topology") }
    if epochs > 0 { facts.append("history of \(Text.counted(epochs, "epoch"))") }
    if metadata > 0 { facts.append(Text.counted(metadata, "metadata key")) }
    if trainingState { facts.append("training state") }
    return facts.joined(separator: ", ")
  }
}
