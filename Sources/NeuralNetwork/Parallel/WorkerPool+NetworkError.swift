import LinearAlgebra
package import Threads

extension WorkerPool {
  /// Starts `threads - 1` threads, all of which may multiply matrices.
  ///
  /// - Throws: `NetworkError` with the code `valueOutOfRange` for a number outside `1...maximum`, or
  ///   `threadUnavailable` if the system refuses one, or `productsUnavailable` if matrices cannot be multiplied.
  package convenience init(threads: Int) throws(NetworkError) {
    do {
      try self.init(count: threads)
    } catch {
      switch error {
      case .countOutOfRange(let count):
        throw NetworkError(
          .valueOutOfRange, at: "threads", expected: "1...\(WorkerPool.maximum)", found: "\(count)")
      case .threadUnavailable(let number, let status):
        throw NetworkError(
          .threadUnavailable, at: "thread \(number)", expected: "\(threads) threads; try fewer",
          found: "error \(status) of the system")
      }
    }
    do { try BLAS.prepare(threads: threads) } catch {
      throw NetworkError(.productsUnavailable, at: "matrix products", expected: error.expected, found: error.found)
    }
  }
}
