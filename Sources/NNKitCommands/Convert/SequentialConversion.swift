import ArgumentParser
import ModelFormat
import NetworkStorage

/// Names and shapes of a network's tensors.
enum ModuleLayout: String, CaseIterable, ExpressibleByArgument {
  case nnkit, pytorch

  /// The formats that PyTorch has a way to read.
  static let pyTorchFormats = ["safetensors", "npz"]
}

/// A network as PyTorch's `nn.Sequential` has it, and the words for that.
struct SequentialConversion {
  let model: Model
  /// The lines of Python that make the network and load the file.
  let python: [String]
  /// The way back.
  let note: String
  /// What the file no longer has.
  let lostTopology = ReportedLoss(
    what: "topology", why: "names and shapes of tensors are those of PyTorch now")

  init(_ file: any ModelFile, path: String, output: String, _ format: FileFormat) throws {
    let sequential: PyTorchSequential
    do { sequential = try PyTorchSequential(file) } catch {
      throw CommandFailure.badData("\(path): --layout pytorch needs a network: \(error)")
    }
    model = try sequential.model()
    python = sequential.python(path: output, isArchive: format.name == "npz")
    let shape = sequential.inputShape.map(String.init).joined(separator: "x")
    let preprocessing = sequential.preprocessing
    var options = "--network \"\(sequential.networkText)\" --input-shape \(shape)"
    if preprocessing != .identity {
      options += " --input-scale \(preprocessing.scale) --input-offset \(preprocessing.offset)"
    }
    note = "nnkit makes a network of it again with convert \(options)"
  }
}
