/// What a limit of this process leaves too little of to run at all.
///
/// Swift ends a program that gets no memory by a signal, or waits for a thread that could not begin. So what every
/// program needs is asked for before anything else.
package enum ProcessShortage: Error, Equatable {
  /// The system does not give `leastMemory` more.
  case memory

  /// What commands on small files were seen to need is 33 MiB of addresses; this leaves room.
  package static let leastMemory = 48 << 20

  /// Throws what there is too little of.
  package static func check() throws(ProcessShortage) {
    guard AvailableMemory.has(byteCount: 0, addressSpace: leastMemory) else { throw .memory }
  }
}
