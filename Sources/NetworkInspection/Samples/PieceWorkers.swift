import NeuralNetwork
import Threads

/// Threads that share pieces of work; the results come in the order of the pieces, whichever thread had them.
final class PieceWorkers {
  private let pool: WorkerPool

  /// - Throws: `NetworkError` with the code `valueOutOfRange` or `threadUnavailable` for the threads, or
  ///   `productsUnavailable`.
  init(threads: Int) throws(NetworkError) { pool = try WorkerPool(threads: threads) }

  /// How many threads there are.
  var count: Int { pool.count }

  /// Calls `body` with each of the numbers from 0 to below `pieces`, and with the thread's own number first.
  func results<Result: Sendable>(_ pieces: Int, _ body: (_ worker: Int, _ piece: Int) -> Result) -> [Result] {
    let results = Lock([Result?](repeating: nil, count: pieces))
    pool.run { worker in
      for piece in stride(from: worker, to: pieces, by: pool.count) {
        let result = body(worker, piece)
        results.withLock { $0[piece] = result }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}

/// Pieces of a fixed number of samples; the last one may have fewer.
enum SamplePieces {
  /// The number of pieces.
  static func count(_ samples: Int, size: Int) -> Int { (samples + size - 1) / size }

  /// The samples of one of them.
  static func range(_ piece: Int, of samples: Int, size: Int) -> Range<Int> {
    piece * size..<min((piece + 1) * size, samples)
  }
}
