import BinaryIO
import NeuralNetwork

/// The threads that work is shared among where no one says how many.
package enum DefaultThreads {
  /// One per processor that is online, as many as may be used.
  package static var count: Int { min(Processors.count, TrainingConfiguration.maximumThreads) }
}
