import BinaryIO

/// An array of numbers in memory, as an `.npy` file holds it.
public struct NPYArray: Hashable, Sendable {
  /// Element type and shape.
  public let header: NPYHeader
  /// The elements in row-major order and in the machine's byte order: `header.byteCount` bytes.
  public let bytes: [UInt8]

  static var machineIsBigEndian: Bool { 1.bigEndian == 1 }

  /// Joins a header with as many bytes as it declares; `inRowMajorOrder()` follows where they are in Fortran order.
  init(header: NPYHeader, machineBytes: [UInt8]) {
    self.header = header
    bytes = machineBytes
  }

  /// Reads a whole file, plain or gzip-compressed; `-` is standard input.
  ///
  /// - Throws: what `NPYReader` throws.
  /// - Complexity: O(size of the file).
  public init(contentsOf path: String) throws(NPYError) {
    var reader = try NPYReader(path: path)
    self = try reader.readRest()
  }

  /// An array of bytes as they are in memory.
  ///
  /// - Parameters:
  ///   - elementType: the type of the elements.
  ///   - shape: the length along each axis; the last axis varies fastest.
  ///   - bytes: the elements in the machine's byte order.
  /// - Throws: `.dimensionOverflow`; `.elementCountMismatch` when there are not as many bytes as the shape asks for.
  public init(elementType: NPYElementType, shape: [Int], bytes: [UInt8]) throws(NPYError) {
    header = try NPYHeader(elementType: elementType, shape: shape, isBigEndian: NPYArray.machineIsBigEndian)
    guard bytes.count == header.byteCount else {
      throw NPYError(
        .elementCountMismatch, expected: "\(header.byteCount) bytes (\(header))", found: "\(bytes.count) bytes")
    }
    self.bytes = bytes
  }

  /// The items of a range that lies inside `0..<header.itemCount`.
  func items(_ range: Range<Int>) throws(NPYError) -> NPYArray {
    let size = header.elementsPerItem * header.elementType.byteSize
    return NPYArray(
      header: try header.withItemCount(range.count),
      machineBytes: Array(bytes[range.lowerBound * size..<range.upperBound * size]))
  }

  /// The same array with its last axis varying fastest. O(n); needs as much memory again.
  func inRowMajorOrder() throws(NPYError) -> NPYArray {
    guard header.isFortranOrder else { return self }
    let target = try NPYHeader(
      elementType: header.elementType, shape: header.shape, isBigEndian: header.isBigEndian)
    guard header.shape.count > 1, header.elementCount > 0 else { return NPYArray(header: target, machineBytes: bytes) }
    guard AvailableMemory.has(byteCount: header.byteCount) else {
      throw NPYError(.outOfMemory, expected: "memory for \(header.byteCount) bytes", found: "less")
    }
    let size = header.elementType.byteSize
    // In the file, one step along an axis skips the product of the lengths before it.
    var steps: [Int] = []
    var step = size
    for length in header.shape {
      steps.append(step)
      step *= length
    }
    let shape = header.shape
    let ordered = unsafe [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      unsafe bytes.withUnsafeBytes { source in
        let output = UnsafeMutableRawBufferPointer(buffer)
        var index = [Int](repeating: 0, count: shape.count)
        var position = 0
        for start in stride(from: 0, to: source.count, by: size) {
          for byte in 0..<size { unsafe output[start + byte] = unsafe source[position + byte] }
          var axis = shape.count - 1
          while axis >= 0 {
            index[axis] += 1
            position += steps[axis]
            if index[axis] < shape[axis] { break }
            position -= shape[axis] * steps[axis]
            index[axis] = 0
            axis -= 1
          }
        }
        count = source.count
      }
    }
    return NPYArray(header: target, machineBytes: ordered)
  }

  /// Turns the bytes of each word around. O(n).
  static func reverseBytes(of bytes: inout [UInt8], wordSize: Int) {
    guard wordSize > 1 else { return }
    unsafe bytes.withMutableBytes { (buffer) throws(Never) in
      for start in stride(from: 0, to: buffer.count, by: wordSize) {
        for offset in 0..<wordSize / 2 { unsafe buffer.swapAt(start + offset, start + wordSize - 1 - offset) }
      }
    }
  }
}
