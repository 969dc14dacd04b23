/// A model wherever it is stored: in memory, in an `.nnk` file or in a file of another format.
///
/// Everything but the values of its tensors is at hand; those are read piece by piece. Whatever looks at models,
/// compares them or writes them takes one of these, so that it works on all of them.
public protocol ModelSource: Sendable {
  /// What messages call it: the path of a file.
  var name: String { get }
  /// Everything that the model holds but the values of its tensors. O(number of tensors) at most.
  var contents: ModelContents { get }

  /// The values of the tensor at a place, to be read piece by piece.
  ///
  /// - Parameter place: the model's own tensors are counted from 0 on, and after them those of the training state.
  /// - Throws: any error about where they are stored that shows before they are read; `invalidTensor` for a tensor whose
  ///   encoding has no numbers.
  func values(at place: Int) throws(ModelFormatError) -> any TensorValues

  /// The bytes of the tensor at a place as its encoding has them; the same as its values where it has none.
  ///
  /// - Throws: any error about where they are stored that shows before they are read.
  func encodedValues(at place: Int) throws(ModelFormatError) -> any TensorValues

  /// The tensor at a place among all of `contents`, with its values.
  ///
  /// - Parameter threads: how many threads share the work.
  /// - Throws: `limitExceeded` when the machine has no memory for it; any error about its values.
  func tensor(_ description: TensorDescription, at place: Int, threads: Int) throws(ModelFormatError) -> Tensor

  /// Reads and verifies all sections of an `.nnk` file that this version does not know, and returns those that may be
  /// copied into another file unread. Other formats have no sections.
  ///
  /// - Throws: any error about them.
  func copyableSections() throws(ModelFormatError) -> [UnknownSection]
}

extension ModelSource {
  /// The values, where no tensor has an encoding.
  public func encodedValues(at place: Int) throws(ModelFormatError) -> any TensorValues { try values(at: place) }

  /// None, where there are no sections.
  public func copyableSections() throws(ModelFormatError) -> [UnknownSection] { [] }

  /// Reads all values, several pieces at a time.
  public func tensor(
    _ description: TensorDescription, at place: Int, threads: Int
  ) throws(ModelFormatError) -> Tensor {
    let values = try values(at: place)
    do { return try Tensor(description, values, threads: threads) } catch { throw error.at(path: name) }
  }
}
