import CZlib

/// The state of one zlib stream at an address that does not change: zlib keeps a pointer back to it.
///
/// Whoever starts the stream (`deflateInit2_`, `inflateInit2_`) also ends it.
@safe
struct ZlibStream: ~Copyable {
  let state: UnsafeMutablePointer<z_stream>

  init() {
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: z_stream())
  }

  deinit { unsafe state.deallocate() }

  /// Input bytes taken so far.
  var consumed: Int { unsafe Int(state.pointee.total_in) }
  /// Output bytes given so far.
  var produced: Int { unsafe Int(state.pointee.total_out) }
  /// zlib's word for what went wrong.
  var message: String? { unsafe state.pointee.msg.map { unsafe String(cString: $0) } }

  /// Runs `step` over buffers of any size (zlib's counters have 32 bits) until it ends, fails or stops making
  /// progress. The flag tells `step` that all input has been handed over.
  func pump(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    _ step: (UnsafeMutablePointer<z_stream>, Bool) -> Int32
  ) -> Int32 {
    let largest = Int(UInt32.max)
    // zlib refuses null addresses even for empty buffers.
    var nothing: UInt8 = 0
    return unsafe withUnsafeMutablePointer(to: &nothing) { nowhere in
      let start = unsafe input.baseAddress.map {
        unsafe UnsafeMutableRawPointer(mutating: $0).assumingMemoryBound(to: UInt8.self)
      }
      let destination = unsafe output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      while true {
        let (before, after) = (consumed, produced)
        let take = min(input.count - before, largest)
        unsafe state.pointee.next_in = unsafe start.map { unsafe $0 + before } ?? nowhere
        unsafe state.pointee.avail_in = UInt32(take)
        unsafe state.pointee.next_out = unsafe destination.map { unsafe $0 + after } ?? nowhere
        unsafe state.pointee.avail_out = UInt32(min(output.count - after, largest))
        let status = unsafe step(state, before + take == input.count)
        let progressed = consumed > before || produced > after
        if status != Z_OK || !progressed { return status }
      }
    }
  }
}
