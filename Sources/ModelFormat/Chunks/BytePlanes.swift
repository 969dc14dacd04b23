/// Rearranges elements so that bytes of the same significance come together.
///
/// A floating-point element is first rotated left by one bit: the sign moves below the fraction, and for `f32` and
/// `bf16` the most significant byte becomes the exponent. Weights of a network have few different exponents, so that
/// plane compresses well where the others do not.
enum BytePlanes {
  /// Splits `count` elements of `size` bytes into `size` planes of `count` bytes, one after another, the most
  /// significant first. O(count · size).
  static func split(
    _ source: UnsafeRawPointer, count: Int, size: Int, rotating: Bool, into planes: UnsafeMutablePointer<UInt8>
  ) {
    switch (size, rotating) {
    case (1, true): unsafe split(source, count, planes) { (bits: UInt8) in bits &<< 1 | bits &>> 7 }
    case (2, true): unsafe split(source, count, planes) { (bits: UInt16) in bits &<< 1 | bits &>> 15 }
    case (4, true): unsafe split(source, count, planes) { (bits: UInt32) in bits &<< 1 | bits &>> 31 }
    case (8, true): unsafe split(source, count, planes) { (bits: UInt64) in bits &<< 1 | bits &>> 63 }
    case (2, false): unsafe split(source, count, planes) { (bits: UInt16) in bits }
    case (4, false): unsafe split(source, count, planes) { (bits: UInt32) in bits }
    case (8, false): unsafe split(source, count, planes) { (bits: UInt64) in bits }
    default: unsafe planes.update(from: source.assumingMemoryBound(to: UInt8.self), count: count)
    }
  }

  /// The inverse of `split`, from planes that may be anywhere; `planes` holds `size` addresses.
  static func merge(
    _ planes: [UnsafePointer<UInt8>], count: Int, rotating: Bool, into target: UnsafeMutableRawPointer
  ) {
    switch unsafe (planes.count, rotating) {
    case (1, true): unsafe merge1(planes, count, target) { $0 &>> 1 | $0 &<< 7 }
    case (2, true): unsafe merge2(planes, count, target) { $0 &>> 1 | $0 &<< 15 }
    case (4, true): unsafe merge4(planes, count, target) { $0 &>> 1 | $0 &<< 31 }
    case (8, true): unsafe merge8(planes, count, target) { $0 &>> 1 | $0 &<< 63 }
    case (2, false): unsafe merge2(planes, count, target) { $0 }
    case (4, false): unsafe merge4(planes, count, target) { $0 }
    case (8, false): unsafe merge8(planes, count, target) { $0 }
    default: unsafe target.copyMemory(from: planes[0], byteCount: count)
    }
  }

  @inline(__always)
  private static func split<Bits: FixedWidthInteger>(
    _ source: UnsafeRawPointer, _ count: Int, _ planes: UnsafeMutablePointer<UInt8>, _ rotate: (Bits) -> Bits
  ) {
    let size = MemoryLayout<Bits>.size
    for plane in 0..<size {
      let target = unsafe planes + plane &* count
      let shift = Bits(8 &* (size &- 1 &- plane))
      for index in 0..<count {
        let bits = unsafe Bits(littleEndian: source.loadUnaligned(fromByteOffset: index &* size, as: Bits.self))
        unsafe target[index] = UInt8(truncatingIfNeeded: rotate(bits) &>> shift)
      }
    }
  }

  // Local addresses instead of a loop over `planes`: only then does the compiler vectorise.

  @inline(__always)
  private static func merge1(
    _ planes: [UnsafePointer<UInt8>], _ count: Int, _ target: UnsafeMutableRawPointer, _ rotate: (UInt8) -> UInt8
  ) {
    let plane = unsafe planes[0]
    for index in 0..<count { unsafe target.storeBytes(of: rotate(plane[index]), toByteOffset: index, as: UInt8.self) }
  }

  @inline(__always)
  private static func merge2(
    _ planes: [UnsafePointer<UInt8>], _ count: Int, _ target: UnsafeMutableRawPointer, _ rotate: (UInt16) -> UInt16
  ) {
    let (a, b) = unsafe (planes[0], planes[1])
    for index in 0..<count {
      let bits = unsafe UInt16(a[index]) &<< 8 | UInt16(b[index])
      unsafe target.storeBytes(of: rotate(bits).littleEndian, toByteOffset: index &* 2, as: UInt16.self)
    }
  }

  @inline(__always)
  private static func merge4(
    _ planes: [UnsafePointer<UInt8>], _ count: Int, _ target: UnsafeMutableRawPointer, _ rotate: (UInt32) -> UInt32
  ) {
    let (a, b, c, d) = unsafe (planes[0], planes[1], planes[2], planes[3])
    for index in 0..<count {
      let bits =
        unsafe UInt32(a[index]) &<< 24 | UInt32(b[index]) &<< 16 | UInt32(c[index]) &<< 8 | UInt32(d[index])
      unsafe target.storeBytes(of: rotate(bits).littleEndian, toByteOffset: index &* 4, as: UInt32.self)
    }
  }

  @inline(__always)
  private static func merge8(
    _ planes: [UnsafePointer<UInt8>], _ count: Int, _ target: UnsafeMutableRawPointer, _ rotate: (UInt64) -> UInt64
  ) {
    let (a, b, c, d) = unsafe (planes[0], planes[1], planes[2], planes[3])
    let (e, f, g, h) = unsafe (planes[4], planes[5], planes[6], planes[7])
    for index in 0..<count {
      let high =
        unsafe UInt64(a[index]) &<< 56 | UInt64(b[index]) &<< 48 | UInt64(c[index]) &<< 40 | UInt64(d[index]) &<< 32
      let low = unsafe UInt64(e[index]) &<< 24 | UInt64(f[index]) &<< 16 | UInt64(g[index]) &<< 8 | UInt64(h[index])
      unsafe target.storeBytes(of: rotate(high | low).littleEndian, toByteOffset: index &* 8, as: UInt64.self)
    }
  }
}
