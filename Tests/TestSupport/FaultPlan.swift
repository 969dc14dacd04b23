package import BinaryIO
import Threads

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What goes wrong during a save, and which calls it made.
package final class FaultPlan: Sendable {
  /// Which of the ways of making a temporary file the system offers.
  package enum System: CaseIterable, Sendable {
    /// All of them.
    case complete
    /// No files without a name.
    case namedFilesOnly
    /// No renaming that spares what it would replace, either.
    case linksOnly

    fileprivate func fault(_ call: FileOperations.Call) -> FileOperations.Fault? {
      switch call {
      case .createUnnamed where self != .complete: .error(EOPNOTSUPP)
      case .renameWithoutReplacing where self == .linksOnly: .error(EINVAL)
      default: nil
      }
    }
  }

  private let system: System
  private let fault: @Sendable (FileOperations.Call, _ index: Int) -> FileOperations.Fault?
  private let made = Lock<[FileOperations.Call]>([])

  /// - Parameter fault: what happens to the call of that number, counted from 0.
  package init(
    _ system: System,
    _ fault: @escaping @Sendable (FileOperations.Call, _ index: Int) -> FileOperations.Fault? = { _, _ in nil }
  ) {
    self.system = system
    self.fault = fault
  }

  /// The calls so far.
  package var calls: [FileOperations.Call] { made.withLock { $0 } }

  /// Runs `body`, whose saves are subject to the plan.
  package func run<Result>(_ body: () throws -> Result) rethrows -> Result {
    try FileOperations.$faults.withValue({ call in
      let index = self.made.withLock { calls in
        calls.append(call)
        return calls.count - 1
      }
      return self.fault(call, index) ?? self.system.fault(call)
    }) { try body() }
  }
}
