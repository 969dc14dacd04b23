import ModelFormat

/// A number that the values of a tensor can be read as.
protocol DecodedElement {
  /// Reads as many whole elements of `bytes` as `values` has room for, and returns how many that were.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, of type: DataType, into values: UnsafeMutableBufferPointer<Self>
  ) -> Int
}

extension Double: DecodedElement {
  static func decode(
    _ bytes: UnsafeRawBufferPointer, of type: DataType, into values: UnsafeMutableBufferPointer<Double>
  ) -> Int {
    unsafe ElementDecoder.decode(bytes, of: type, into: values)
  }
}

/// The bits of the 64-bit integer types, which `Double` cannot hold exactly.
extension UInt64: DecodedElement {
  static func decode(
    _ bytes: UnsafeRawBufferPointer, of type: DataType, into values: UnsafeMutableBufferPointer<UInt64>
  ) -> Int {
    let count = Swift.min(bytes.count / 8, values.count)
    for index in 0..<count {
      unsafe values[index] = unsafe UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
    }
    return count
  }
}

/// Walks through values in blocks that stay in the processor's nearest cache while they are looked at repeatedly.
enum ElementBlocks {
  /// The number of values in a block.
  static let size = 2048

  /// Calls `body` with all whole elements of `bytes`, a block at a time.
  static func forEach<Element: DecodedElement>(
    _ bytes: UnsafeRawBufferPointer, of type: DataType, _ body: (UnsafeBufferPointer<Element>) -> Void
  ) {
    unsafe withUnsafeTemporaryAllocation(of: Element.self, capacity: size) { block in
      var position = 0
      while true {
        let count = unsafe Element.decode(UnsafeRawBufferPointer(rebasing: bytes[position...]), of: type, into: block)
        guard count > 0 else { return }
        unsafe body(UnsafeBufferPointer(rebasing: block[..<count]))
        position += count * type.byteCount
      }
    }
  }

  /// Calls `body` with a block of equal elements.
  static func withBlock<Element: DecodedElement, Result>(
    of element: Element, _ body: (UnsafeBufferPointer<Element>) -> Result
  ) -> Result {
    unsafe withUnsafeTemporaryAllocation(of: Element.self, capacity: size) { block in
      unsafe block.initialize(repeating: element)
      return unsafe body(UnsafeBufferPointer(block))
    }
  }

  /// The number that a repeated element stands for.
  static func number<Element: DecodedElement>(_ element: RepeatedElement, of type: DataType) -> Element {
    unsafe withUnsafeTemporaryAllocation(of: Element.self, capacity: 1) { number in
      unsafe withUnsafeBytes(of: element.bits.littleEndian) { bytes in
        _ = unsafe Element.decode(UnsafeRawBufferPointer(rebasing: bytes[..<type.byteCount]), of: type, into: number)
      }
      return unsafe number[0]
    }
  }

  /// Calls `body` with the elements of two pieces that hold the same number of them, in step.
  static func forEachPair<Element: DecodedElement>(
    _ left: UnsafeRawBufferPointer, of leftType: DataType, _ right: UnsafeRawBufferPointer, of rightType: DataType,
    _ body: (UnsafeBufferPointer<Element>, UnsafeBufferPointer<Element>) -> Void
  ) {
    unsafe withUnsafeTemporaryAllocation(of: Element.self, capacity: size) { block in
      var position = 0
      unsafe forEach(left, of: leftType) { (elements: UnsafeBufferPointer<Element>) in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: right[(position * rightType.byteCount)...])
        let count = unsafe Element.decode(rest, of: rightType, into: block)
        unsafe body(elements, UnsafeBufferPointer(rebasing: block[..<min(count, elements.count)]))
        position += elements.count
      }
    }
  }
}
