import CFuzzer
import FuzzingSupport

/// libFuzzer calls this for every mutation: mostly a field changes, and lengths are made to fit it.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(
  _ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: CUnsignedInt
) -> Int {
  var choices = SeededChoices(seed: seed)
  guard choices.below(8) > 0, var message = LooseMessage(Fuzzer.bytes(data, count)) else {
    return LLVMFuzzerMutate(data, count, capacity)
  }
  message.mutate(&choices)
  return Fuzzer.deliver(message.bytes, to: data, count: count, capacity: capacity)
}
