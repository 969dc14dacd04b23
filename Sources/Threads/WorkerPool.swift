/// A fixed number of workers that run the same code at the same time, each with its own index.
///
/// Worker 0 is the thread that calls `run`; the others are threads of the pool, which end with it. A pool
/// of one worker has no threads.
package final class WorkerPool {
  /// The greatest number of workers.
  package static var maximum: Int { 256 }

  package let count: Int
  private let barrier: Barrier
  private let job = Job()
  private var threads: [SystemThread] = []

  /// Starts `count - 1` threads.
  ///
  /// - Throws: `WorkerPoolError` for a count outside `1...maximum`, or if the system refuses a thread.
  package init(count: Int) throws(WorkerPoolError) {
    guard (1...Self.maximum).contains(count) else { throw .countOutOfRange(count) }
    self.count = count
    barrier = Barrier(parties: count)
    // All threads meet at a gate first, so that a start that fails half-way can send them home.
    for index in 1..<count {
      let member = PoolMember(index: index, barrier: barrier, job: job)
      do throws(SystemThreadError) {
        threads.append(try SystemThread { member.work() })
      } catch {
        job.abandon()
        threads.forEach { $0.join() }
        threads = []
        throw .threadUnavailable(number: index, status: error.status)
      }
    }
    job.open()
  }

  deinit {
    guard count > 1, !threads.isEmpty else { return }
    job.task = nil
    barrier.wait()
    threads.forEach { $0.join() }
  }

  /// Runs a task once on each worker and returns when all are done. Allocates nothing.
  ///
  /// The workers run at the same time: what one writes, no other may touch before the barrier.
  package func run(_ task: any PoolTask) {
    guard count > 1 else { return task.perform(worker: 0, barrier: barrier) }
    job.task = task
    barrier.wait()
    task.perform(worker: 0, barrier: barrier)
    barrier.wait()
    job.task = nil
  }

  /// Runs `body` once on each worker and returns when all are done.
  package func run(_ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { run(ClosureTask(body: $0)) }
  }

  /// Called by each worker inside `run`: waits until all have reached this point.
  package func synchronize() {
    barrier.wait()
  }
}

/// Why a pool of workers cannot be made.
package enum WorkerPoolError: Error, Equatable {
  /// The count lies outside 1...`WorkerPool.maximum`.
  case countOutOfRange(Int)
  /// The system refused the thread of this number, from 1, with this error number.
  case threadUnavailable(number: Int, status: Int32)
}

/// What the workers of a pool run at the same time.
package protocol PoolTask: AnyObject {
  /// Does the part of one worker.
  ///
  /// - Parameter barrier: Where the workers of the pool wait for one another.
  func perform(worker: Int, barrier: Barrier)
}

private final class ClosureTask: PoolTask {
  private let body: (Int) -> Void

  init(body: @escaping (Int) -> Void) {
    self.body = body
  }

  func perform(worker: Int, barrier: Barrier) { body(worker) }
}

/// What the workers are to do. Written by worker 0 only, while the others wait at the barrier.
private final class Job: @unchecked Sendable {
  var task: (any PoolTask)?
  /// Whether the threads go to work; nil until it is known that all of them could be started.
  private let gate = Condition<Bool?>(nil)

  func open() { gate.signal { $0 = true } }
  func abandon() { gate.signal { $0 = false } }
  func waitForGate() -> Bool { gate.wait { $0 } }

  /// Kept out of line so that the task is released before the worker reaches the next barrier.
  @inline(never)
  func perform(_ index: Int, _ barrier: Barrier) -> Bool {
    guard let task else { return false }
    task.perform(worker: index, barrier: barrier)
    return true
  }
}

/// One thread of a pool.
private final class PoolMember: Sendable {
  let index: Int
  let barrier: Barrier
  let job: Job

  init(index: Int, barrier: Barrier, job: Job) {
    self.index = index
    self.barrier = barrier
    self.job = job
  }

  func work() {
    guard job.waitForGate() else { return }
    while true {
      barrier.wait()
      guard job.perform(index, barrier) else { return }
      barrier.wait()
    }
  }
}
