import Formatting
import Testing

struct NaturalOrderTests {
  @Test func `Numbers in names count as numbers`() {
    let names = ["h.10.b", "h.2.b", "h.2.a", "h", "h.002.a", "h.99999999999999999999999.a", "i", "H", "h.1"]
    #expect(
      names.sorted(by: NaturalOrder.precedes) == [
        "H", "h", "h.1", "h.002.a", "h.2.a", "h.2.b", "h.10.b", "h.99999999999999999999999.a", "i",
      ])
  }

  @Test func `No name comes before itself, and of two names that differ one comes first`() {
    let names = ["", "0", "00", "a0", "a00", "a0b", "a00b", "a", "1", "01"]
    for left in names {
      for right in names {
        #expect(
          [NaturalOrder.precedes(left, right), NaturalOrder.precedes(right, left)].count { $0 }
            == (left == right ? 0 : 1))
      }
    }
  }
}
