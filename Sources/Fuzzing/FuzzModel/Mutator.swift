import CFuzzer
import FuzzingSupport

@testable import ModelFormat

/// libFuzzer calls this for every mutation. Checksums would refuse nearly everything that is changed byte by byte, so
/// the file is taken apart, one part of it changed, and put together with the checksums of what it then holds.
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

extension LooseFile {
  mutating func mutate(_ choices: inout SeededChoices) {
    switch choices.below(16) {
    case 0..<6:
      index = LooseFile.mutated(index, &choices)
      // Otherwise what it says of the sections stays wrong.
      if choices.below(4) > 0 { listSections() }
      return
    case 6..<13: mutatePayload(&choices)
    case 13: mutateLetters(&choices)
    case 14: if !sections.isEmpty { sections.remove(at: choices.below(sections.count)) }
    default:
      guard !sections.isEmpty else { return version = Fuzzer.mutated(version, growth: 0) }
      let section = choices.element(of: sections)
      if choices.below(2) == 0 { sections.remove(at: choices.below(sections.count)) }
      sections.insert(section, at: choices.below(sections.count + 1))
    }
    listSections()
  }

  private mutating func mutatePayload(_ choices: inout SeededChoices) {
    guard !sections.isEmpty else { return }
    let place = choices.below(sections.count)
    let payload = sections[place].payload
    if sections[place].letters != SectionType.chunk.letters, let value = LooseFile.inflated(payload) {
      sections[place].payload = LooseFile.deflated(LooseFile.mutated(value, &choices))
    } else {
      sections[place].payload = Fuzzer.mutated(payload)
    }
  }

  private mutating func mutateLetters(_ choices: inout SeededChoices) {
    guard !sections.isEmpty else { return }
    let place = choices.below(sections.count)
    let types = ["TOPO", "CHNK", "INDX", "hIST", "mETA", "tRST", "abCd", "abCD", "AbCd"]
    sections[place].letters =
      choices.below(4) == 0
      ? Array(Fuzzer.mutated(sections[place].letters, growth: 4).prefix(4)) : Array(choices.element(of: types).utf8)
    while sections[place].letters.count < 4 { sections[place].letters.append(UInt8(ascii: "x")) }
  }

  /// An encoded value changed as a tree, which stays canonical, or byte by byte.
  private static func mutated(_ value: [UInt8], _ choices: inout SeededChoices) -> [UInt8] {
    guard choices.below(4) > 0, let tree = try? StructuredDecoder.decode(value, limits: ModelExamination.limits) else {
      return Fuzzer.mutated(value)
    }
    return tree.mutated(&choices).encoded()
  }
}
