import CFuzzer
import FuzzingSupport

/// libFuzzer calls this for every mutation: mostly the header changes, and lengths are made to fit it.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(
  _ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: CUnsignedInt
) -> Int {
  var choices = SeededChoices(seed: seed)
  guard choices.below(16) > 0, var file = LooseFile(Fuzzer.bytes(data, count)) else {
    return LLVMFuzzerMutate(data, count, capacity)
  }
  file.mutate(&choices)
  return Fuzzer.deliver(file.bytes, to: data, count: count, capacity: capacity)
}
