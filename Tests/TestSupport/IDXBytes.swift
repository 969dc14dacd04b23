/// The bytes of an IDX file, put together by hand.
package func idxBytes(type: UInt8, dimensions: [UInt32], data: [UInt8] = []) -> [UInt8] {
  var bytes: [UInt8] = [0, 0, type, UInt8(dimensions.count)]
  for length in dimensions {
    bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
  }
  return bytes + data
}
