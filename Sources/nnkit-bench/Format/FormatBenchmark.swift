import ModelExchange
import ModelFormat
import ModelInspection

/// Measures what a user of a model file waits for.
struct FormatBenchmark {
  let stopwatch: Stopwatch
  let compression: Compression
  let threads: Int
  /// Where the measured file is.
  let file: ScratchFile

  /// Measures the weights of a model.
  ///
  /// - Throws: any error of the files; `BenchmarkFailure` for a model without weights, or when what is loaded is not what was
  ///   saved.
  func report(on path: String) throws -> FormatReport {
    // The weights alone: what else a model holds counts neither for the size nor for the speed.
    let model = try Model(topology: nil, tensors: ModelFiles.open(path).model().tensors)
    let rawBytes = model.tensors.reduce(0) { $0 + $1.bytes.count }
    guard rawBytes > 0 else { throw BenchmarkFailure(description: "\(path) holds no weights to measure") }
    let speeds = try speeds(of: model, rawBytes, threads: threads)
    let reader = try ModelReader(path: file.path)
    return FormatReport(
      compression: compression.rawValue, repeats: stopwatch.repeats, threads: threads, tensors: model.tensors.count,
      rawBytes: rawBytes, fileBytes: reader.fileSize, listSeconds: try listSeconds(expecting: model.tensors.count),
      speeds: speeds, oneThread: threads == 1 ? speeds : try self.speeds(of: model, rawBytes, threads: 1))
  }

  private func listSeconds(expecting count: Int) throws -> Double {
    try stopwatch.best {
      guard try ModelReader(path: file.path).tensors.count == count else {
        throw BenchmarkFailure(description: "the file lists other tensors than were saved")
      }
    }
  }

  private func speeds(of model: Model, _ rawBytes: Int, threads: Int) throws -> FormatReport.Speeds {
    func speed(_ work: () throws -> some Any) rethrows -> Double {
      Double(rawBytes) / 1e6 / (try stopwatch.best(of: work))
    }
    let save = try speed { try model.save(to: file.path, compression: compression, threads: threads) }
    let load = try speed { try ModelReader(path: file.path).model(threads: threads) }
    let reader = try ModelReader(path: file.path)
    let (saveToMemory, loadFromMemory) = try memorySpeeds(of: model, threads: threads, speed)
    return FormatReport.Speeds(
      save: save, load: load, saveToMemory: saveToMemory, loadFromMemory: loadFromMemory,
      verify: try speed {
        let errors = reader.errors(threads: threads)
        if let error = errors.first { throw error }
      },
      statistics: try speed { try TensorStatistics.all(of: reader.tensors, in: reader, threads: threads) },
      difference: try speed {
        guard try ModelDifference(reader, reader, threads: threads).isSame else {
          throw BenchmarkFailure(description: "the file differs from itself")
        }
      })
  }

  private func memorySpeeds(
    of model: Model, threads: Int, _ speed: (() throws -> Any) throws -> Double
  ) throws -> (save: Double, load: Double) {
    let save = try speed { try model.encoded(compression: compression, threads: threads) }
    let bytes = try model.encoded(compression: compression, threads: threads)
    let reader = try ModelReader(bytes: bytes)
    let load = try speed { try reader.model(threads: threads) }
    guard try ModelReader(path: file.path).model() == model, try reader.model() == model else {
      throw BenchmarkFailure(description: "what was loaded is not what was saved")
    }
    return (save, load)
  }
}
