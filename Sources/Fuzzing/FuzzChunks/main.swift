import FuzzingSupport

/// The chunks of a tensor. An input is the element type, the number of elements (10 bits), the compression (6 bits), and
/// a payload.
Fuzzer.run { start, count in
  if let input = ChunkInput(Fuzzer.bytes(start, count)) { input.examine() }
  return 0
}
