import CZlib

/// The state of one zlib stream at an address that does not change: zlib keeps a pointer back to it.
///
/// Whoever starts the stream (`deflateInit2_`, `inflateInit2_`) also ends it.
struct ZlibStream: ~Copyable {
  let state: UnsafeMutablePointer<z_stream>

  init() {
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
  }

  deinit { state.deallocate() }

  /// Input bytes taken so far.
  var consumed: Int { Int(state.pointee.total_in) }
  /// Output bytes given so far.
  var produced: Int { Int(state.pointee.total_out) }
  /// zlib's word for what went wrong.
  var message: String? { state.pointee.msg.map { String(cString: $0) } }

  /// Runs `step` over buffers of any size (zlib's counters have 32 bits) until it ends, fails or stops making
  /// progress. The flag tells `step` that all input has been handed over.
  func pump(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    _ step: (UnsafeMutablePointer<z_stream>, Bool) -> Int32
  ) -> Int32 {
    let largest = Int(UInt32.max)
    // zlib refuses null addresses even for empty buffers.
    var nothing: UInt8 = 0
    return withUnsafeMutablePointer(to: &nothing) { nowhere in
      let start = input.baseAddress.map {
        UnsafeMutableRawPointer(mutating: $0).assumingMemoryBound(to: UInt8.self)
      }
      let destination = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      while true {
        let (before, after) = (consumed, produced)
        let take = min(input.count - before, largest)
        state.pointee.next_in = start.map { $0 + before } ?? nowhere
        state.pointee.avail_in = UInt32(take)
        state.pointee.next_out = destination.map { $0 + after } ?? nowhere
        state.pointee.avail_out = UInt32(min(output.count - after, largest))
        let status = step(state, before + take == input.count)
        let progressed = consumed > before || produced > after
        if status != Z_OK || !progressed { return status }
      }
    }
  }
}
