import Testing
import Threads

@testable import NeuralNetwork

struct SharedSumsTests {
  /// Numbers whose sum depends on the order of addition: the order has to be that of the workers.
  @Test(arguments: [1, 2, 3, 5]) func allWorkersGetTheSameSumsInTheOrderOfTheWorkers(count: Int) throws {
    let pool = try WorkerPool(count: count)
    let sums = SharedSums<Float>(workers: count, count: 20)
    let results = (0..<count).map { _ in AlignedBuffer<Float>(count: 20) }
    for round in 0..<200 {
      func value(_ worker: Int, _ index: Int) -> Float {
        worker.isMultiple(of: 2) ? 1e8 : Float(1 + worker + index + round) / 3
      }
      let used = 1 + round % 20
      pool.run { worker in
        for index in 0..<used { results[worker].pointer[index] = value(worker, index) }
        let batch = BatchShare<Float>(samples: 1, worker: worker, sums: sums)
        batch.sum(results[worker].pointer, count: used)
      }
      for index in 0..<used {
        let expected = (0..<count).dropFirst().reduce(value(0, index)) { $0 + value($1, index) }
        #expect(results.allSatisfy { $0.pointer[index] == expected })
      }
    }
  }

  @Test func aloneThereIsNothingToAdd() {
    var values: [Double] = [1, 2]
    BatchShare<Double>(samples: 1).sum(&values, count: 2)
    #expect(values == [1, 2])
  }
}
