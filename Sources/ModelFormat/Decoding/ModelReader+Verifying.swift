import Threads

extension ModelReader {
  /// Reads every byte of the file and checks every rule of its format, on all processors.
  ///
  /// What opening a file checks has been checked by then: header, index, topology, history and metadata. This reads
  /// all values and all unknown sections, and goes on behind an error. Memory: one piece of a tensor per thread.
  ///
  /// - Parameters:
  ///   - maximumCount: how many errors are kept.
  ///   - threads: how many threads share the work; nil for one per processor. The errors are the same.
  /// - Returns: errors of unknown sections, then of tensors that cannot be opened, then of values in their order; none
  ///   for a sound file.
  public func errors(maximumCount: Int = 100, threads: Int? = nil) -> [ModelFormatError] {
    let threads = threads ?? Processors.count
    var errors: [ModelFormatError] = []
    func note(_ error: ModelFormatError) {
      if errors.count < maximumCount { errors.append(error.at(path: name)) }
    }
    do throws(ModelFormatError) { _ = try unknownSections() } catch { note(error) }
    // Opened first, all of them, so that the pieces of many small tensors can be shared like those of a large one.
    var opened: [any TensorValues] = []
    var ends: [Int] = []
    OrderedPipeline.run(count: tensors.count + stateTensors.count, threads: threads) { place in
      Result { () throws(ModelFormatError) in try values(at: place) }
    } consume: { (_, result: Result<any TensorValues, ModelFormatError>) in
      switch result {
      case .success(let values):
        opened.append(values)
        ends.append((ends.last ?? 0) + values.pieceCount)
      case .failure(let error): note(error)
      }
    }
    let (allValues, lastPieces) = (opened, ends)
    OrderedPipeline.run(count: ends.last ?? 0, threads: threads) { number in
      let place = ModelReader.firstIndex(in: lastPieces, above: number)
      let first = place == 0 ? 0 : lastPieces[place - 1]
      return ModelReader.error(inPiece: number - first, of: allValues[place])
    } consume: { (_, error: ModelFormatError?) in
      if let error { note(error) }
    }
    return errors
  }

  /// The first index whose element is greater than `value`, which one of the ascending elements is.
  private static func firstIndex(in elements: [Int], above value: Int) -> Int {
    var (low, high) = (0, elements.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if elements[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private static func error(inPiece piece: Int, of values: any TensorValues) -> ModelFormatError? {
    let range = values.range(ofPiece: piece)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count, alignment: 64)
    defer { buffer.deallocate() }
    do throws(ModelFormatError) { try values.read(at: range.lowerBound, into: buffer) } catch { return error }
    return nil
  }
}
