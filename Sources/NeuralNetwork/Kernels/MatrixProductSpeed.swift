import Threads

/// How fast this machine multiplies matrices: what training would reach if it did nothing else.
package enum MatrixProductSpeed {
  /// The floating-point operations per second of square matrix products of `Float`, the best of several runs.
  ///
  /// Each thread multiplies matrices of its own, all at the same time, by the kernels that layers use. A product of n × n
  /// matrices counts 2n³ operations. Memory: 3n² numbers for each thread.
  ///
  /// - Parameters:
  ///   - size: n, at least 1; 1,024 is past the size where the speed still grows.
  ///   - threads: The number of threads.
  ///   - repeats: How often the products are run, at least 1.
  /// - Throws: `NetworkError` with the code `valueOutOfRange` or `threadUnavailable` for the threads.
  package static func measure(size: Int = 1_024, threads: Int, repeats: Int) throws(NetworkError) -> Double {
    let pool = try WorkerPool(threads: threads)
    let buffers = (0..<threads).map { _ in
      (0..<3).map { _ in AlignedBuffer(Array(repeating: Float(0.5), count: size * size)) }
    }
    let clock = ContinuousClock()
    var least = Duration.seconds(Int64.max)
    for _ in 0..<max(repeats, 1) {
      let time = clock.measure {
        pool.run { index in
          let (left, right, output) = (buffers[index][0], buffers[index][1], buffers[index][2])
          unsafe Float.kernels.loops.multiply(
            MatrixProduct(
              left: left.pointer, right: right.pointer, rows: size, columns: size, inner: size, accumulation: 0,
              output: output.pointer))
        }
      }
      least = min(least, time)
    }
    let operations = 2 * Double(size) * Double(size) * Double(size) * Double(threads)
    return operations / (least / .seconds(1))
  }
}
