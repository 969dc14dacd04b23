import BinaryIO
package import IDX
import ModelExchange
package import ModelFormat
import NetworkStorage
package import NeuralNetwork

/// A network from a model, with what the model says of its inputs and outputs.
package struct LoadedNetwork: Sendable {
  /// The path of the model, for messages.
  package let name: String
  /// The network.
  package let network: Network<Float>
  /// What the model says of its structure and preparation.
  package let topology: Topology
  /// What it says of the run that it comes from.
  package let metadata: RunMetadata

  /// Loads what running the network needs; `-` is standard input.
  ///
  /// - Parameter threads: how many threads share the work; nil for one per processor.
  /// - Throws: `ModelFormatError` for the file; `PredictionError` for a network that cannot be run.
  package init(contentsOf path: String, threads: Int? = nil) throws {
    try self.init(ModelFiles.open(path, dropping: [.history, .trainingState]), name: path, threads: threads)
  }

  /// - Parameters:
  ///   - name: what messages call the model.
  ///   - threads: how many threads share the work; nil for one per processor.
  package init(_ source: any ModelSource, name: String, threads: Int? = nil) throws {
    let parts = source.contents.parts
    self.name = name
    do { network = try Network(source, threads: threads) } catch let error as NetworkStorageError {
      throw PredictionError.unbuildableNetwork(model: name, error)
    }
    // Building the network has shown that there is a topology.
    topology = parts.topology ?? Topology(inputShape: network.inputShape, layers: [])
    metadata = RunMetadata(parts.metadata)
    let preprocessing = topology.preprocessing
    guard preprocessing.scale.isFinite, preprocessing.offset.isFinite else {
      throw PredictionError.preprocessingNotFinite(model: name, preprocessing)
    }
  }

  /// The loss that the model was trained with.
  ///
  /// - Throws: `PredictionError` where it names none, or one that is not known here.
  package var loss: Loss {
    get throws(PredictionError) {
      guard let loss = topology.loss else { throw .noLoss(model: name) }
      guard let loss = Loss(named: ByteName(loss)) else { throw .unknownLoss(model: name, loss) }
      return loss
    }
  }

  /// What becomes of missing values: what became of them in training; where the model does not say, they are refused.
  package var missingValues: MissingValues { metadata.missingValues ?? .refuse }

  /// Refuses samples that the network does not take. Shapes may differ as long as the number of values is the same.
  ///
  /// - Parameter samples: the path of the samples, for the message.
  package func check(_ header: IDXHeader, samples: String) throws(PredictionError) {
    guard header.elementsPerItem == network.inputShape.reduce(1, *) || header.itemCount == 0 else {
      throw .sampleSize(samples: samples, model: name, inputShape: network.inputShape, found: header)
    }
  }
}
