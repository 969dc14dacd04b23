import BinaryIO
import IDX
import MachineLimits
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files whose content no memory holds.
@Suite struct MemoryTests {
  private static let size = 1 << 43

  /// Writes an IDX file of 8 TiB that is nearly all hole, and returns its path; nil where that is impossible.
  private static func makeHuge(in folder: TemporaryFolder) throws -> String? {
    let header = idxBytes(type: 8, dimensions: [1 << 31, 1 << 12])
    let path = try folder.write(header, to: "huge")
    return truncate(path, off_t(header.count + size)) == 0 ? path : nil
  }

  /// Some file systems have no such files, and some systems promise any amount of memory.
  private static let canBeTested: Bool = {
    guard let folder = try? TemporaryFolder(), let path = try? makeHuge(in: folder), !path.isEmpty else { return false }
    return !AvailableMemory.has(byteCount: size)
  }()

  @Test(.enabled(if: canBeTested, "needs sparse files and a system that refuses memory that it does not have"))
  func aFileWithMoreHoleThanThereIsMemory() throws {
    let folder = try TemporaryFolder()
    let path = try #require(try MemoryTests.makeHuge(in: folder))
    expectError(
      .outOfMemory, path: path, offset: 12, expected: "memory for \(MemoryTests.size) bytes", found: "less"
    ) { _ = try IDXArray(contentsOf: path) }
    // It can be read in pieces all the same.
    var reader = try IDXReader(path: path)
    #expect(try reader.readItems(maximumCount: 3)?.bytes == [UInt8](repeating: 0, count: 3 << 12))
  }
}
