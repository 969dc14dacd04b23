import BinaryIO
import Threads

extension ModelSource {
  /// Reads every byte of the source and checks every rule of its format, on all processors.
  ///
  /// What opening a file checks has been checked by then: header, index, topology, history and metadata. This reads
  /// all values and all unknown sections, and goes on after an error. Memory: one piece of a tensor per thread.
  ///
  /// - Parameters:
  ///   - maximumCount: how many errors are returned.
  ///   - threads: how many threads share the work; nil for one per processor. The errors are the same.
  /// - Returns: errors of unknown sections, then of tensors that cannot be opened, then of values in their order; none
  ///   for a sound file.
  public func errors(maximumCount: Int = 100, threads: Int? = nil) -> [ModelFormatError] {
    let threads = threads ?? Processors.count
    var errors: [ModelFormatError] = []
    func note(_ error: ModelFormatError) {
      if errors.count < maximumCount { errors.append(error.at(path: name)) }
    }
    do throws(ModelFormatError) { _ = try copyableSections() } catch { note(error) }
    // Opened first, all of them, so that the pieces of many small tensors can be shared like those of a large one.
    var opened: [any TensorValues] = []
    var numbers = PieceNumbers()
    let tensors = contents.allTensors
    let smallTensors = ItemGroups(count: tensors.count) { tensors[$0].encodedByteCount }
    OrderedPipeline.run(groups: smallTensors, threads: threads) { place in
      Result { () throws(ModelFormatError) in try encodedValues(at: place) }
    } consume: { (_, result: Result<any TensorValues, ModelFormatError>) in
      switch result {
      case .success(let values):
        opened.append(values)
        numbers.append(values.pieceCount)
      case .failure(let error): note(error)
      }
    }
    let (allValues, pieces) = (opened, numbers)
    let smallPieces = ItemGroups(count: pieces.count) { number in
      let (place, piece) = pieces.locate(number)
      return allValues[place].range(ofPiece: piece).count
    }
    OrderedPipeline.run(groups: smallPieces, threads: threads) { number in
      let (place, piece) = pieces.locate(number)
      return error(inPiece: piece, of: allValues[place])
    } consume: { (_, error: ModelFormatError?) in
      if let error { note(error) }
    }
    return errors
  }
}

/// What is wrong with a piece of values.
private func error(inPiece piece: Int, of values: any TensorValues) -> ModelFormatError? {
  if values.repeatedElement(ofPiece: piece) != nil { return nil }
  let range = values.range(ofPiece: piece)
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count, alignment: 64)
  defer { unsafe buffer.deallocate() }
  do throws(ModelFormatError) { try unsafe values.read(at: range.lowerBound, into: buffer) } catch { return error }
  return nil
}
