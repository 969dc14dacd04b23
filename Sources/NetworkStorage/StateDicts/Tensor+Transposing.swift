import ModelFormat

extension Tensor {
  /// The matrix [n, m] with its rows as columns: a matrix [m, n]. O(n·m).
  ///
  /// - Throws: `invalidTensor` for a tensor of another rank than 2.
  func transposed() throws(ModelFormatError) -> Tensor {
    guard shape.count == 2 else {
      throw ModelFormatError(.invalidTensor, tensor: name, expected: "2 dimensions", found: "\(shape)")
    }
    let (rows, columns, size) = (shape[0], shape[1], dataType.byteCount)
    let description = try TensorDescription(name: name, dataType: dataType, shape: [columns, rows])
    // All empty arrays share one piece of memory, and the initialiser below would write to it.
    guard !bytes.isEmpty else { return try Tensor(description, bytes: []) }
    let transposed = unsafe [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
      unsafe bytes.withUnsafeBytes { input in
        let output = UnsafeMutableRawBufferPointer(output)
        switch size {
        case 1: unsafe Tensor.transpose(input, output, rows, columns, of: UInt8.self)
        case 2: unsafe Tensor.transpose(input, output, rows, columns, of: UInt16.self)
        case 4: unsafe Tensor.transpose(input, output, rows, columns, of: UInt32.self)
        default: unsafe Tensor.transpose(input, output, rows, columns, of: UInt64.self)
        }
      }
      count = bytes.count
    }
    return try Tensor(description, bytes: transposed)
  }

  /// Tile by tile, so that both sides stay in the cache.
  @inline(__always)
  private static func transpose<Element: BitwiseCopyable>(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, _ rows: Int, _ columns: Int,
    of: Element.Type
  ) {
    let (tile, size) = (32, MemoryLayout<Element>.size)
    for top in stride(from: 0, to: rows, by: tile) {
      for left in stride(from: 0, to: columns, by: tile) {
        for row in top..<min(top + tile, rows) {
          for column in left..<min(left + tile, columns) {
            let element = unsafe input.loadUnaligned(fromByteOffset: (row * columns + column) * size, as: Element.self)
            unsafe output.storeBytes(of: element, toByteOffset: (column * rows + row) * size, as: Element.self)
          }
        }
      }
    }
  }
}
