/// Choices that follow from the seed which libFuzzer gives to a mutation (SplitMix64).
package struct SeededChoices {
  private var state: UInt64

  package init(seed: UInt32) { state = UInt64(seed) }

  /// 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }

  /// A number from 0 to `bound` − 1; 0 for a bound below 2.
  package mutating func below(_ bound: Int) -> Int { bound < 2 ? 0 : Int(next() % UInt64(bound)) }

  /// One of the elements, of which there must be some.
  package mutating func element<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }
}
