import BinaryIO
import TestSupport

extension FaultPlan {
  /// A writer that is subject to the plan, also after this returns.
  func writer(path: String, replacing: Bool) throws(FileError) -> AtomicFileWriter {
    var writer: AtomicFileWriter?
    var failure = FileError(operation: .create, path: path, reason: .system(0))
    run {
      do throws(FileError) { writer = try AtomicFileWriter.create(path: path, replacing: replacing) } catch {
        failure = error
      }
    }
    guard let writer = writer.take() else { throw failure }
    return writer
  }
}
