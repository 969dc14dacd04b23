import ModelFormat
import NeuralNetwork

extension TrainingConfiguration {
  /// What a model keeps of the optimiser, its settings, the schedule of the learning rate, and when training ends.
  var optimizationMetadata: [(name: String, value: AttributeValue)] {
    var metadata: [(name: String, value: AttributeValue)] = [
      ("training.optimizer", .string(optimizer.name.rawValue)),
      ("training.learning_rate", .number(learningRate)),
    ]
    metadata += optimizer.settings.map { ("training.\($0.name)", .number($0.value)) }
    if schedule.shape != .constant { metadata.append(("training.schedule", .string("\(schedule.shape)"))) }
    if schedule.warmUp > 0 { metadata.append(("training.warm_up_iterations", .integer(schedule.warmUp))) }
    if weightDecay > 0 { metadata.append(("training.weight_decay", .number(weightDecay))) }
    switch clipping {
    case .norm(let limit): metadata.append(("training.clip_norm", .number(limit)))
    case .value(let limit): metadata.append(("training.clip_value", .number(limit)))
    case nil: break
    }
    if let patience { metadata.append(("training.early_stopping", .integer(patience))) }
    return metadata
  }
}
