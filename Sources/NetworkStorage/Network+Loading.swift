public import ModelFormat
public import NeuralNetwork
import Threads

extension Network {
  /// Builds the network that a model holds.
  ///
  /// Layers find their tensors by the names that the topology gives; element types are converted to `Scalar`, rounding
  /// to nearest. O(number of parameters).
  ///
  /// - Throws: `NetworkStorageError` when the model has no topology, a layer of an unknown kind, or a layer whose
  ///   tensors do not have the shapes that it needs.
  public init(_ model: Model) throws(NetworkStorageError) {
    let stored = try StoredNetwork<Scalar>(model.contents)
    do { self = try stored.load(from: model, threads: 1) } catch {
      throw NetworkStorageError(
        code: .inconsistentLayer, place: "model", expected: "a network", found: "\(error)")
    }
  }

  /// Builds the network that a file holds, whatever its format, and reads nothing else of it than that needs.
  ///
  /// The structure is checked first, with the names, types and shapes of the tensors that the file lists: a network that
  /// cannot be built is refused before any weight is read. Then the values of its layers are read to their places in the
  /// network, and no others.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - threads: how many threads share the work; nil for one per processor.
  /// - Throws: `NetworkStorageError` as `init(_:)` does; `ModelFormatError` for damage to a tensor that is needed.
  public init(_ source: any ModelSource, threads: Int? = nil) throws {
    let stored = try StoredNetwork<Scalar>(source.contents)
    do { self = try stored.load(from: source, threads: threads ?? Processors.count) } catch {
      throw error.at(path: source.name)
    }
  }
}
