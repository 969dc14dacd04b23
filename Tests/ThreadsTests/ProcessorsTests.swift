import Testing
import Threads

@Test func thereIsAtLeastOneProcessorAndNoMoreThanAPoolTakes() {
  #expect((1...WorkerPool.maximum).contains(Processors.count))
}
