import BinaryIO
import NeuralNetwork

/// The processors of this machine.
enum Processors {
  /// How many are online, as many as threads may be used.
  static var count: Int { min(BinaryIO.Processors.count, TrainingConfiguration.maximumThreads) }
}
