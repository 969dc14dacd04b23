import BinaryIO
import LayerKinds

/// What PyTorch's modules call a tensor of ours, and how they store it.
///
/// `Linear` has `weight` [outputs, inputs] and `bias` (https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html),
/// `Conv2d` `weight` [outputs, inputs, height, width] and `bias`, `BatchNorm1d` and `BatchNorm2d` `weight`, `bias`,
/// `running_mean`, `running_var` and the counter `num_batches_tracked`, which inference has no use for.
struct PyTorchTensor {
  /// The last part of the name.
  let role: String
  /// Whether rows and columns change places.
  let isTransposed: Bool

  /// Counts steps of training; no layer of ours has it.
  static let counter: ByteName = "num_batches_tracked"

  init(_ role: String, of kind: LayerKind) {
    self.role = role.utf8.elementsEqual("running_variance".utf8) ? "running_var" : role
    isTransposed = kind == .affine && role.utf8.elementsEqual("weight".utf8)
  }

  /// The shape that PyTorch has for a shape of ours.
  func shape(_ shape: [Int]) -> [Int] { isTransposed ? shape.reversed() : shape }
}
