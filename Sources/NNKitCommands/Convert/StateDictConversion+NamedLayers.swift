import BinaryIO
import Formatting
import ModelFormat
import NetworkStorage
import NeuralNetwork

extension StateDictConversion {
  /// A network of layers that were named.
  static func ofNamedLayers(
    _ layers: [LayerSpecification], _ file: any ModelFile, path: String, _ options: StateDictOptions
  ) throws -> StateDictConversion {
    let network: StateDictNetwork
    do {
      network = try StateDictNetwork(
        of: file, layers: layers, inputShape: options.inputShape?.shape, order: options.order)
    } catch let error as NetworkError {
      guard options.inputShape == nil else { throw CommandFailure.usage("--network: \(error)") }
      throw CommandFailure.usage(
        "--network: expected \(error.expected), found \(error.found); give it with --input-shape, as in --input-shape "
          + "1x28x28")
    } catch let error as NetworkStorageError {
      throw noStateDict(error, path)
    } catch let error as ModelFormatError where error.code == .noSuchTensor {
      throw CommandFailure.usage("--layers: expected \(error.expected), found \(error.found)")
    } catch let error as ModelFormatError {
      let tensor = error.tensor.map { " (tensor \(ByteName($0).quoted))" } ?? ""
      throw CommandFailure.badData(
        "\(path): the layers do not fit\(tensor): expected \(error.expected), found \(error.found); `nnkit inspect "
          + "\(path)` lists the tensors\(options.layers == nil ? ", and --layers gives their modules an order" : "")")
    }
    let preprocessing = options.preprocessing
    var assumed: [String] = []
    if options.layers == nil, network.matches.count > 1 {
      let order = network.isInFileOrder ? "of the file" : "of their names"
      assumed.append("where shapes leave a choice, modules follow one another in the order \(order) (--layers)")
    }
    if preprocessing == .identity { assumed.append(identityInputs) }
    for match in network.matches where !match.absentRoles.isEmpty {
      let roles = match.absentRoles.joined(separator: " and ")
      assumed.append("no \(roles) in \(match.module), so it stays without effect")
    }
    if let last = layers.last, !["softmax", "sigmoid"].contains(last.kind) {
      assumed.append("outputs are numbers; end --network with softmax if they are scores of classes")
    }
    return StateDictConversion(
      model: try network.model(file, preprocessing: preprocessing), recognised: recognised(network), assumed: assumed)
  }

  /// Which module became which layer.
  private static func recognised(_ network: StateDictNetwork) -> [String] {
    let pairs = network.matches.map { match in
      "\(match.module.isEmpty ? "(no name)" : match.module) \(NetworkText.word(of: match.layer.specification))"
    }
    var lines = ["\(Text.counted(pairs.count, "module")), \(pairs.joined(separator: ", "))"]
    if network.matches.contains(where: \.isTransposed) {
      lines.append("weights of dense layers [outputs, inputs], transposed to [inputs, outputs]")
    }
    if !network.counters.isEmpty {
      lines.append("\(Text.counted(network.counters.count, "counter")) num_batches_tracked, passed over")
    }
    return lines
  }
}
