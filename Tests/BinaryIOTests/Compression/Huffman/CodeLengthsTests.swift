import TestSupport
import Testing

@testable import BinaryIO

/// Lengths of code words.
struct CodeLengthsTests {
  /// The cost of an optimal code without a limit, by Huffman's algorithm: the sum of all sums of two least weights.
  private func huffmanCost(_ frequencies: [Int]) -> Int {
    var weights = frequencies.filter { $0 > 0 }.sorted()
    var cost = 0
    while weights.count > 1 {
      let sum = weights.removeFirst() + weights.removeFirst()
      cost += sum
      weights.insert(sum, at: weights.firstIndex { $0 > sum } ?? weights.endIndex)
    }
    return cost
  }

  /// The cost of the best code with a limit, by trying all complete sets of lengths: for few symbols only.
  private func exhaustiveCost(_ frequencies: [Int], limit: Int) -> Int {
    let sorted = frequencies.sorted(by: >)
    var best = Int.max
    func search(_ index: Int, _ least: Int, _ room: Int, _ cost: Int) {
      if index == sorted.count {
        best = min(best, cost)
        return
      }
      for length in least...limit where (1 << (limit - length)) <= room {
        search(index + 1, length, room - (1 << (limit - length)), cost + sorted[index] * length)
      }
    }
    search(0, 1, 1 << limit, 0)
    return best
  }

  private func cost(_ frequencies: [Int], _ lengths: [UInt8]) -> Int {
    zip(frequencies, lengths).reduce(0) { $0 + $1.0 * Int($1.1) }
  }

  @Test func withoutALimitThatMattersTheCostIsThatOfHuffmansAlgorithm() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<200 {
      let frequencies = (0..<Int(2 + random.next() % 255)).map { _ in Int(random.next() % 1000) } + [1, 1]
      let lengths = CodeLengths.optimal(for: frequencies, limit: 40)
      #expect(cost(frequencies, lengths) == huffmanCost(frequencies))
      #expect(zip(frequencies, lengths).allSatisfy { ($0 == 0) == ($1 == 0) })
    }
  }

  @Test func withALimitNoCompleteCodeCostsLess() {
    var random = SplitMix64(seed: 2)
    for round in 0..<60 {
      let frequencies = (0..<7).map { _ in 1 + Int(random.next() >> (40 + random.next() % 20)) }
      let limit = 3 + round % 3
      let lengths = CodeLengths.optimal(for: frequencies, limit: limit)
      #expect(lengths.allSatisfy { $0 <= limit })
      #expect(cost(frequencies, lengths) == exhaustiveCost(frequencies, limit: limit))
    }
  }

  /// Frequencies of Fibonacci's numbers would need long words; the code stays complete and within its limit.
  @Test func frequenciesOfFibonaccisNumbersWouldNeedLongWords() {
    var frequencies = [1, 1]
    while frequencies.count < 40 { frequencies.append(frequencies.suffix(2).reduce(0, +)) }
    let lengths = CodeLengths.optimal(for: frequencies, limit: 11)
    #expect(lengths.max() == 11)
    #expect(CanonicalCode.isComplete(lengths))
  }

  @Test func oneSymbolHasAWordOfOneBitNoneHasNone() {
    #expect(CodeLengths.optimal(for: [0, 5, 0], limit: 11) == [0, 1, 0])
    #expect(CodeLengths.optimal(for: [0, 0], limit: 11) == [0, 0])
    #expect(CodeLengths.optimal(for: [3, 9], limit: 11) == [1, 1])
  }

  @Test func theWordsOfRFC1951sExampleFirstBitLowest() {
    // Section 3.2.2: lengths (3, 3, 3, 3, 3, 2, 4, 4) give 010 011 100 101 110 00 1110 1111.
    let code = CanonicalCode(lengths: [3, 3, 3, 3, 3, 2, 4, 4])
    #expect(code.words == [0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111])
  }
}
