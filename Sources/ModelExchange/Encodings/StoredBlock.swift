import BinaryIO

/// The bytes of one block or of several, at an address that is good only for the call that they are handed to.
@safe struct StoredBlock {
  private let bytes: UnsafeRawBufferPointer

  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = bytes }

  var count: Int { unsafe bytes.count }

  /// Some of the bytes.
  @inline(__always)
  func bytes(_ range: Range<Int>) -> StoredBlock {
    unsafe StoredBlock(UnsafeRawBufferPointer(rebasing: bytes[range]))
  }

  /// A byte as a number.
  @inline(__always)
  subscript(_ place: Int) -> Int { unsafe Int(bytes[place]) }

  /// A byte as a number with a sign.
  @inline(__always)
  func signed(_ place: Int) -> Int { unsafe Int(Int8(bitPattern: bytes[place])) }

  @inline(__always)
  func integer<T: FixedWidthInteger>(_ place: Int, _: T.Type) -> T {
    unsafe T(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: T.self))
  }

  /// Two bytes as a half-precision number.
  @inline(__always)
  func half(_ place: Int) -> Float { HalfPrecision.float(integer(place, UInt16.self)) }
}

/// Room for the numbers of one block or of several.
@safe struct BlockNumbers {
  private let numbers: UnsafeMutableBufferPointer<Float>

  @inline(__always)
  init(_ numbers: UnsafeMutableBufferPointer<Float>) { unsafe self.numbers = numbers }

  /// Some of the room.
  @inline(__always)
  func numbers(_ range: Range<Int>) -> BlockNumbers {
    unsafe BlockNumbers(UnsafeMutableBufferPointer(rebasing: numbers[range]))
  }

  @inline(__always)
  subscript(_ place: Int) -> Float {
    get { unsafe numbers[place] }
    nonmutating set { unsafe numbers[place] = newValue }
  }
}

extension BlockEncoding {
  /// Blocks that are decoded one by one.
  ///
  /// - Parameter body: fills all numbers of a block.
  @inline(__always)
  init(
    eachOf name: String, _ blockCount: Int, _ blockByteCount: Int,
    _ body: @escaping @Sendable (StoredBlock, BlockNumbers) -> Void
  ) {
    self.init(name, blockCount: blockCount, blockByteCount: blockByteCount) { (blocks, numbers) in
      for index in 0..<blocks.count / blockByteCount {
        let (start, first) = (index * blockByteCount, index * blockCount)
        body(blocks.bytes(start..<start + blockByteCount), numbers.numbers(first..<first + blockCount))
      }
    }
  }
}
