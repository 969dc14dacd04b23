import BinaryIO
import Formatting
import ModelFormat
import NetworkRuns
import NetworkStorage
import NeuralNetwork

/// A network made out of a PyTorch state dict, and the words for how it was made.
struct StateDictConversion {
  let model: Model
  let recognised: [String]
  let assumed: [String]

  /// Makes a network of the layers that were named, or of linear layers where none were.
  static func make(
    _ file: any ModelFile, path: String, _ options: StateDictOptions
  ) throws -> StateDictConversion {
    guard let layers = try options.namedLayers() else { return try ofLinearLayers(file, path: path, options) }
    return try ofNamedLayers(layers, file, path: path, options)
  }

  private static func ofLinearLayers(
    _ file: any ModelFile, path: String, _ options: StateDictOptions
  ) throws -> StateDictConversion {
    let stack = try linearStack(file, path: path, options)
    let output = options.outputActivation?.rawValue ?? stack.usualOutput
    let preprocessing = options.preprocessing
    let activation = options.activation ?? .relu
    let model = try stack.model(
      file,
      LinearStack.Assumptions(activation: activation.name, output: output, preprocessing: preprocessing))
    do { _ = try Network<Float>(model) } catch {
      throw CommandFailure.badData("\(path): the network cannot be built: \(error)")
    }
    let names = stack.layers.map { layer in
      "\(layer.name.isEmpty ? "(no name)" : layer.name) \(layer.inputs)→\(layer.outputs)"
    }
    let recognised = [
      "\(Text.counted(names.count, "linear layer")), \(names.joined(separator: ", "))",
      "weights [outputs, inputs], transposed to [inputs, outputs]",
    ]
    return StateDictConversion(
      model: model, recognised: recognised,
      assumed: assumptions(stack, options, activation, output, preprocessing))
  }

  static let identityInputs = "inputs as they are; grey levels of 0 to 255 may need --input-scale 1/255"

  static func noStateDict(_ error: NetworkStorageError, _ path: String) -> CommandFailure {
    CommandFailure.badData(
      "\(path): expected \(error.expected), found \(error.found); convert it without --network")
  }

  private static func linearStack(
    _ file: any ModelFile, path: String, _ options: StateDictOptions
  ) throws -> LinearStack {
    do {
      return try LinearStack(of: file, order: options.order)
    } catch let error as NetworkStorageError {
      throw noStateDict(error, path)
    } catch let error as ModelFormatError {
      // A wrong name in --layers is a mistake of the command line; everything else is one of the file.
      if error.code == .noSuchTensor {
        throw CommandFailure.usage("--layers: expected \(error.expected), found \(error.found)")
      }
      let advice = options.order == nil ? "; if the layers are in another order, give it with --layers" : ""
      let tensor = error.tensor.map { " (tensor \(ByteName($0).quoted))" } ?? ""
      throw CommandFailure.badData(
        "\(path): no network of linear layers\(tensor): expected \(error.expected), found \(error.found)"
          + (error.expected.contains(" after the ") ? advice : ""))
    }
  }

  /// What the file does not say and no option did.
  private static func assumptions(
    _ stack: LinearStack, _ options: StateDictOptions, _ activation: Activation, _ output: String,
    _ preprocessing: Preprocessing
  ) -> [String] {
    var assumed: [String] = []
    if options.layers == nil, stack.layers.count > 1 {
      assumed.append("the layers follow one another in the order of their names (--layers)")
    }
    if options.activation == nil, stack.layers.count > 1 {
      assumed.append("\(activation.name) between them (--activation)")
    }
    if options.outputActivation == nil {
      assumed.append("\(output) after the last one (--output-activation)")
    }
    if preprocessing == .identity {
      assumed.append(identityInputs)
    }
    let withoutBias = stack.layers.filter { $0.bias == nil }.map(\.name)
    if !withoutBias.isEmpty { assumed.append("a bias of 0 for \(withoutBias.joined(separator: ", "))") }
    return assumed
  }
}
