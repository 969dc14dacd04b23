import Threads

/// How many threads a mini-batch is worth sharing among, unless told otherwise.
///
/// Threads that share a mini-batch wait for one another three or four times, about a microsecond each time if they have a
/// processor for themselves, and far longer on a busy machine; and they exchange the gradients of all parameters but
/// those of a first layer that is divided by its inputs. Small mini-batches are sooner done by one thread. The choice
/// follows from sizes alone, so that the same command gives the same weights each time.
package enum ThreadChoice {
  /// The operations of matrix products in a mini-batch that are worth the waiting of a thread.
  private static var operationsOfThread: Int { 50_000 }
  /// Those that are worth the exchange of a parameter with another thread. An affine layer has 6 for each sample.
  private static var operationsOfExchange: Int { 40 }

  /// - Parameters:
  ///   - architecture: The network.
  ///   - processors: The most threads, at least 1; more than `WorkerPool.maximum` are that many.
  package static func threads<Scalar>(
    training architecture: Architecture<Scalar>, batchSize: Int, processors: Int
  ) -> Int {
    let processors = min(processors, WorkerPool.maximum)
    let plan = InputPlan(of: architecture, workers: processors, batchSize: batchSize)
    let exchanged = architecture.parameterCount - plan.parameterCount
    let operations = SizeLimits.saturatedProduct(ProductOperations(of: architecture.placedLayers).total, batchSize)
    return max(
      1, min(processors, operations / operationsOfThread, operations / max(1, operationsOfExchange * exchanged)))
  }
}
