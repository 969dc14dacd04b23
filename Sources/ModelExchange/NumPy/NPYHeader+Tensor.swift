package import ModelFormat
package import NPY

extension NPYHeader {
  /// The header of a file with the values of a tensor as they are handed out; nil for a type or a shape that NumPy does not
  /// have.
  package init?(_ tensor: TensorDescription) {
    guard let type = NPYElementType(tensor.dataType) else { return nil }
    do throws(NPYError) { try self.init(elementType: type, shape: tensor.shape) } catch { return nil }
  }
}
