import BinaryIO
import MachineLimits
import Threads

extension ModelSource {
  /// What the source says of one tensor, without its values.
  ///
  /// - Throws: `noSuchTensor`, with the names that there are.
  public func description(ofTensorNamed name: String) throws(ModelFormatError) -> TensorDescription {
    let contents = contents
    return contents.tensors[try place(ofTensorNamed: name, in: contents)]
  }

  func place(ofTensorNamed name: String, in contents: ModelContents) throws(ModelFormatError) -> Int {
    guard let place = contents.place(ofTensorNamed: name) else {
      let tensors = contents.tensors
      let names = tensors.prefix(20).map { ByteName($0.name).quoted }.joined(separator: ", ")
      throw ModelFormatError(
        .noSuchTensor, tensor: name,
        expected: tensors.isEmpty ? "a file with tensors" : "one of \(names)\(tensors.count > 20 ? ", …" : "")",
        found: ByteName(name).quoted
      ).at(path: self.name)
    }
    return place
  }

  /// The values of a tensor, to be read piece by piece.
  ///
  /// - Parameter contents: those of this source.
  /// - Throws: `noSuchTensor` when the source does not list it, `limitExceeded` when its chunks cannot make up its size;
  ///   any error about its one chunk, if it was stored without compression.
  package func values(
    of tensor: TensorDescription, in contents: ModelContents
  ) throws(ModelFormatError) -> any TensorValues {
    guard let place = contents.place(of: tensor) else {
      throw ModelFormatError(
        .noSuchTensor, tensor: tensor.name, expected: "a tensor of this file", found: "another"
      ).at(path: name)
    }
    return try values(at: place)
  }

  /// Loads several tensors, on all processors, without reading any other.
  ///
  /// - Parameters:
  ///   - names: which ones; a name that occurs twice is loaded once.
  ///   - threads: how many threads share the work; nil for one per processor.
  /// - Returns: the tensors in the order in which they are stored.
  /// - Throws: `noSuchTensor`, `limitExceeded` when they are larger than the machine's memory, or any error about their
  ///   values.
  public func tensors(
    named names: some Sequence<String>, threads: Int? = nil
  ) throws(ModelFormatError) -> [Tensor] {
    let contents = contents
    var wanted: Set<Int> = []
    for name in names { wanted.insert(try place(ofTensorNamed: name, in: contents)) }
    return try load(wanted.sorted().map { (contents.tensors[$0], $0) }, threads)
  }

  /// Loads everything, on all processors. Unknown sections are verified, and kept when they are safe to copy.
  ///
  /// - Parameter threads: how many threads share the work; nil for one per processor.
  /// - Throws: any error of the source; `limitExceeded`, before anything is loaded, when all tensors together are larger
  ///   than the machine's memory.
  public func model(threads: Int? = nil) throws(ModelFormatError) -> Model {
    let contents = contents
    do { try AvailableMemory.check(loading: contents.allTensors) } catch { throw error.at(path: name) }
    let tensors = try load(contents.tensors.enumerated().map { ($1, $0) }, threads)
    var state: TrainingState?
    if let values = contents.stateValues {
      let places = contents.stateTensors.enumerated().map { ($1, contents.tensors.count + $0) }
      state = try TrainingState(values: values, tensors: try load(places, threads))
    }
    var model = try Model(contents.parts, tensors: tensors, trainingState: state)
    model.unknownSections = try copyableSections()
    return model
  }

  private func load(
    _ places: [(TensorDescription, Int)], _ threads: Int?
  ) throws(ModelFormatError) -> [Tensor] {
    do { try AvailableMemory.check(loading: places.map(\.0)) } catch { throw error.at(path: name) }
    var loaded: [Tensor] = []
    for (description, place) in places {
      loaded.append(try tensor(description, at: place, threads: threads ?? Processors.count))
    }
    return loaded
  }
}
