import CFuzzer
import FuzzingSupport

@testable import ModelFormat

/// libFuzzer calls this for every mutation: every other time the value is changed as a tree, and so stays canonical.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(
  _ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: CUnsignedInt
) -> Int {
  var choices = SeededChoices(seed: seed)
  guard choices.below(2) == 0,
    let value = try? StructuredDecoder.decode(Fuzzer.bytes(data, count), limits: ModelExamination.limits)
  else { return LLVMFuzzerMutate(data, count, capacity) }
  return Fuzzer.deliver(value.mutated(&choices).encoded(), to: data, count: count, capacity: capacity)
}
