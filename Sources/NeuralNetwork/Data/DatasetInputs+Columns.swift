import CInstructions

extension DatasetInputs {
  /// In what share of mini-batches each column holds anything but zeros, estimated from some evenly spaced samples; nil
  /// if the inputs are not bytes that stand for 0 where they are 0. O(width · batchSize).
  func columnActivity(batchSize: Int) -> [Double]? {
    guard case .bytes(let bytes, _, let offset) = storage, offset == 0, count > 0 else { return nil }
    let batches = 8
    let rows = min(batches * batchSize, count)
    var activity = [Double](repeating: 0, count: width)
    for batch in 0..<batches {
      var isActive = [Bool](repeating: false, count: width)
      for row in stride(from: batch, to: rows, by: batches) {
        let start = row * count / rows * width
        for column in 0..<width where bytes[start + column] != 0 { isActive[column] = true }
      }
      for column in 0..<width where isActive[column] { activity[column] += 1 / Double(batches) }
    }
    return activity
  }

  /// Which of the bytes in `columns` are not 0; nil if the inputs are not bytes.
  func masks(of columns: Range<Int>) -> ColumnMasks? {
    guard case .bytes(let bytes, _, _) = storage else { return nil }
    return unsafe bytes.withUnsafeBufferPointer { unsafe ColumnMasks(of: $0, width: width, columns: columns) }
  }

  /// Asks for bytes that `gather` will read. Samples in random order come from main memory, and this way many of them
  /// are under way at once.
  func prefetch(_ columns: Range<Int>, _ indices: UnsafePointer<Int>, rows: Int) {
    guard case .bytes(let bytes, _, _) = storage else { return }
    unsafe bytes.withUnsafeBytes { source in
      guard let base = source.baseAddress else { return }
      for row in 0..<rows {
        let start = unsafe base + (indices[row] &* width &+ columns.lowerBound)
        for offset in stride(from: 0, to: columns.count, by: 64) { unsafe nnkit_prefetch(start + offset) }
      }
    }
  }

  /// Writes the columns of `runs` of the rows at `indices` to `output`, as numbers.
  func gather(
    _ runs: ColumnRuns, _ indices: UnsafePointer<Int>, rows: Int, into output: UnsafeMutablePointer<Scalar>
  ) {
    switch storage {
    case .bytes(let bytes, let scale, let offset):
      unsafe bytes.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        unsafe Scalar.kernels.loops.gather(
          bytes: base, width: width, indices: indices, rows: rows, runs: runs, scale: scale, offset: offset,
          output: output)
      }
    case .values(let values):
      unsafe values.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        var position = unsafe output
        for row in 0..<rows {
          let start = unsafe base + (indices[row] * width + runs.columns.lowerBound)
          for number in 0..<runs.count {
            let run = runs[number]
            unsafe position.update(from: start + run.start, count: run.count)
            unsafe position += run.count
          }
        }
      }
    }
  }
}
