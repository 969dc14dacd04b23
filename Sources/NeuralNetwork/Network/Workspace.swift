/// The memory of one thread for passes over at most `capacity` rows; allocated once, used for each batch.
@safe
final class Workspace<Scalar: NetworkScalar>: @unchecked Sendable {
  let capacity: Int
  let mode: PassMode
  let input: UnsafeMutablePointer<Scalar>
  /// The output of each layer.
  let outputs: [UnsafeMutablePointer<Scalar>]
  let scratch: [UnsafeMutablePointer<Scalar>]
  /// The loss writes ∂L/∂output to the first; then the two take turns, layer by layer.
  let gradients: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)
  let labels: UnsafeMutablePointer<Int32>
  let targets: UnsafeMutablePointer<Scalar>
  private let buffers: [AlignedBuffer<Scalar>]

  init(_ layout: WorkspaceLayout) {
    capacity = layout.capacity
    mode = layout.mode
    var buffers: [AlignedBuffer<Scalar>] = []
    func allocate(_ extent: WorkspaceLayout.Extent) -> UnsafeMutablePointer<Scalar> {
      let buffer = AlignedBuffer<Scalar>(count: extent.count(rows: layout.capacity))
      buffers.append(buffer)
      return unsafe buffer.pointer
    }
    let values = unsafe layout.values.map(allocate)
    unsafe input = unsafe values[0]
    unsafe outputs = unsafe layout.outputPlaces.map { unsafe values[$0] }
    unsafe scratch = unsafe layout.scratch.map(allocate)
    let gradients = unsafe layout.gradients.map(allocate)
    unsafe self.gradients = unsafe (gradients[0], gradients[gradients.count - 1])
    unsafe targets = unsafe allocate(layout.targets)
    self.buffers = buffers
    unsafe labels = .allocate(capacity: capacity)
    unsafe labels.initialize(repeating: 0, count: capacity)
  }

  /// How many numbers the buffers hold.
  var elementCount: Int { buffers.reduce(0) { $0 + $1.count } }

  deinit {
    unsafe labels.deallocate()
  }

  /// The values that come into the layer at `index`; for the number of layers, the network's output.
  func inputOfLayer(_ index: Int) -> UnsafeMutablePointer<Scalar> {
    unsafe index == 0 ? input : outputs[index - 1]
  }
}
