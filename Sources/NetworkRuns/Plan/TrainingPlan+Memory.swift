import BinaryIO
import Formatting
import LinearAlgebra
import MachineLimits
import NeuralNetwork

extension TrainingPlan {
  /// Addresses that are hardly any memory, but count where they are limited (`ulimit -v`): for each thread those of the
  /// matrix products, an arena of the allocator, 64 MiB, and its stack; and besides, what compresses the model.
  private static func addressSpace(threads: Int) -> Int {
    threads * (BLAS.addressesPerThread + (72 << 20)) + (64 << 20)
  }

  /// Refuses a network that there is not enough memory to train or to save. Otherwise the program would end by a
  /// signal, perhaps after hours of training.
  ///
  /// - Parameter splits: whether samples are set aside, which copies them all.
  static func checkMemory(
    for architecture: Architecture<Float>, data: TrainingData, configuration: TrainingConfiguration, splits: Bool
  ) throws {
    let count = data.training.count
    var needed = Trainer<Float>.memoryEstimate(
      architecture, samples: count, evaluationSamples: (data.test?.count ?? 0) + (splits ? count : 0),
      configuration: configuration)
    needed = sum(needed, savingMemory(architecture))
    if splits { needed = sum(needed, count * data.bytesPerSample) }
    let addressSpace = addressSpace(threads: configuration.threads)
    guard !AvailableMemory.has(byteCount: needed, addressSpace: addressSpace) else { return }
    throw TrainingPlanError.notEnoughMemory(
      needed: needed, available: AvailableMemory.largest(addressSpace: addressSpace), threads: configuration.threads)
  }

  /// What the model takes that is saved, besides the network that it is made from: all tensors as bytes, and the values
  /// of one.
  private static func savingMemory(_ architecture: Architecture<Float>) -> Int {
    let counts = (architecture.parameterEntries + architecture.runningStatisticsEntries).map(\.range.count)
    return (counts.reduce(0, +) + (counts.max() ?? 0)) * MemoryLayout<Float>.stride
  }

  private static func sum(_ a: Int, _ b: Int) -> Int { CheckedArithmetic.sum(a, b) ?? .max }
}
