import Testing

@testable import NeuralNetwork

struct BatchSamplerTests {
  private func epoch(_ sampler: inout BatchSampler) -> [[Int]] {
    sampler.beginEpoch()
    return (0..<sampler.iterationsPerEpoch).map { _ in
      let range = sampler.next()
      return Array(sampler.order[range])
    }
  }

  private func makeSampler(
    count: Int, batchSize: Int, _ sampling: Sampling, labels: [Int] = [], seed: UInt64 = 1
  ) -> BatchSampler {
    BatchSampler(
      order: Array(0..<count), batchSize: batchSize, sampling: sampling, labels: labels,
      generator: RandomGenerator(seed: seed))
  }

  @Test func withoutReplacementEachSampleComesOnceInEachEpochInANewOrder() {
    var sampler = makeSampler(count: 23, batchSize: 5, .withoutReplacement)
    let first = epoch(&sampler)
    let second = epoch(&sampler)
    #expect(first.map(\.count) == [5, 5, 5, 5, 3])
    #expect(first.joined().sorted() == Array(0..<23))
    #expect(second.joined().sorted() == Array(0..<23))
    #expect(first != second)
    #expect(Array(first.joined()) != Array(0..<23))
  }

  @Test func sequentialBatchesKeepTheOrder() {
    var sampler = makeSampler(count: 5, batchSize: 2, .sequential)
    #expect(epoch(&sampler) == [[0, 1], [2, 3], [4]])
    #expect(epoch(&sampler) == [[0, 1], [2, 3], [4]])
  }

  @Test func withReplacementBatchesAreFullAndUniform() {
    var sampler = makeSampler(count: 10, batchSize: 64, .withReplacement)
    #expect(sampler.iterationsPerEpoch == 1)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<500 {
      for batch in epoch(&sampler) {
        #expect(batch.count == 64)
        for index in batch { counts[index] += 1 }
      }
    }
    // χ² with 9 degrees of freedom is below 27.88 in 99.9 % of all cases; 3,200 of each are expected.
    let chiSquared = counts.reduce(0.0) { $0 + (Double($1) - 3_200) * (Double($1) - 3_200) / 3_200 }
    #expect(chiSquared < 27.88)
  }

  @Test func eachPlaceOfTheOrderIsUniformWithoutReplacement() {
    var sampler = makeSampler(count: 6, batchSize: 4, .withoutReplacement)
    var firsts = [Int](repeating: 0, count: 6)
    for _ in 0..<6_000 {
      firsts[epoch(&sampler)[0][0]] += 1
    }
    // χ² with 5 degrees of freedom is below 20.52 in 99.9 % of all cases.
    let chiSquared = firsts.reduce(0.0) { $0 + (Double($1) - 1_000) * (Double($1) - 1_000) / 1_000 }
    #expect(chiSquared < 20.52)
  }

  @Test func aBatchSizeAboveTheCountGivesOneBatchOfAll() {
    var sampler = makeSampler(count: 3, batchSize: 100, .withoutReplacement)
    #expect(sampler.batchSize == 3)
    #expect(epoch(&sampler).map { $0.sorted() } == [[0, 1, 2]])
  }

  @Test func theSeedDecidesTheOrder() {
    var a = makeSampler(count: 50, batchSize: 10, .withoutReplacement, seed: 8)
    var b = makeSampler(count: 50, batchSize: 10, .withoutReplacement, seed: 8)
    var c = makeSampler(count: 50, batchSize: 10, .withoutReplacement, seed: 9)
    let order = epoch(&a)
    #expect(order == epoch(&b))
    #expect(order != epoch(&c))
  }

  @Test func oneShuffleIsSharedByAllEpochs() {
    var sampler = makeSampler(count: 50, batchSize: 7, .shuffledOnce)
    let first = epoch(&sampler)
    #expect(first.joined().sorted() == Array(0..<50))
    #expect(Array(first.joined()) != Array(0..<50))
    #expect(epoch(&sampler) == first)
  }

  @Test(arguments: [1, 7, 10, 25, 100]) func stratifiedBatchesHaveTheSameNumberOfEquallyLargeClasses(
    batchSize: Int
  ) {
    // Sorted by class, as a data set may be.
    let labels = (0..<100).map { $0 / 20 }
    var sampler = makeSampler(count: 100, batchSize: batchSize, .stratified, labels: labels)
    var epochs: [[[Int]]] = []
    for _ in 0..<5 {
      let batches = epoch(&sampler)
      epochs.append(batches)
      #expect(batches.joined().sorted() == Array(0..<100))
      for batch in batches {
        for label in 0..<5 {
          let count = batch.count { labels[$0] == label }
          #expect(count == batch.count / 5 || count == (batch.count + 4) / 5)
        }
      }
    }
    #expect(Set(epochs.map { $0.description }).count == 5)
  }

  @Test func stratifiedBatchesHaveTheSharesOfUnequalClasses() {
    let labels = Array(repeating: 0, count: 700) + Array(repeating: 4, count: 250) + Array(repeating: 2, count: 50)
    var sampler = makeSampler(count: 1_000, batchSize: 100, .stratified, labels: labels)
    for _ in 0..<50 {
      let batches = epoch(&sampler)
      #expect(batches.joined().sorted() == Array(0..<1_000))
      for batch in batches {
        for (label, expected) in [(0, 70), (4, 25), (2, 5)] {
          #expect(abs(batch.count { labels[$0] == label } - expected) <= 2)
        }
      }
    }
  }

  @Test func aNewSizeBeginsWithTheNextEpoch() {
    for sampling in Sampling.allCases {
      var sampler = makeSampler(count: 10, batchSize: 4, sampling, labels: Array(repeating: 0, count: 10))
      #expect(epoch(&sampler).map(\.count) == (sampling == .withReplacement ? [4, 4, 4] : [4, 4, 2]))
      sampler.resize(to: 5)
      #expect(epoch(&sampler).map(\.count) == [5, 5])
      sampler.resize(to: 12)
      #expect(epoch(&sampler).map(\.count) == (sampling == .withReplacement ? [12] : [10]))
      sampler.resize(to: 3)
      #expect(epoch(&sampler).map(\.count) == (sampling == .withReplacement ? [3, 3, 3, 3] : [3, 3, 3, 1]))
    }
  }
}
