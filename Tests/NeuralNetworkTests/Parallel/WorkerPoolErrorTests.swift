import Testing
import Threads

@testable import NeuralNetwork

@Test(arguments: [0, 257]) func aNumberOfThreadsOutsideTheRangeCarriesItsEvidence(threads: Int) {
  let error = networkError { _ = try WorkerPool(threads: threads) }
  #expect(error?.code == .valueOutOfRange)
  #expect(error?.description == "threads: expected 1...256, found \(threads)")
}
