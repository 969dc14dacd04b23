import BinaryIO
import TestSupport
import Testing

@testable import MachineLimits

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct ControlGroupMemoryTests {
  /// The limit that files of groups with these texts amount to; a file is `folder name=text`.
  private func limit(_ membership: String, _ files: [(folder: String, name: String, text: String)]) throws -> Int? {
    let folder = try TemporaryFolder()
    try folder.write(Array(membership.utf8), to: "membership")
    for file in files {
      var path = folder.path
      for part in file.folder.split(separator: "/") {
        path += "/" + part
        _ = mkdir(path, 0o700)
      }
      try folder.write(Array(file.text.utf8), to: file.folder + "/" + file.name)
    }
    return ControlGroupMemory(membership: folder.file("membership"), root: folder.path).limit
  }

  @Test func `Version 2: the least limit of a group and of those that it lies in`() throws {
    let files = [("", "memory.max", "max\n"), ("a", "memory.max", "4096000\n"), ("a/b", "memory.max", "8192000\n")]
    #expect(try limit("0::/a/b\n", files) == 4_096_000)
    #expect(try limit("0::/a\n", files) == 4_096_000)
    #expect(try limit("0::/\n", files) == nil)
  }

  @Test func `Version 1: the limit of the hierarchy that controls memory`() throws {
    let name = "memory.limit_in_bytes"
    let files = [("memory/x", name, "1000000\n"), ("memory", name, "9223372036854771712\n")]
    #expect(try limit("5:cpu,cpuacct:/x\n4:memory:/x\n", files) == 1_000_000)
  }

  @Test func `A path of another namespace counts as the root that is mounted`() throws {
    #expect(try limit("0::/../elsewhere/x\n", [("", "memory.max", "2000000\n")]) == 2_000_000)
  }

  @Test func `Without control groups, or with nonsense in them, there is no limit`() throws {
    #expect(ControlGroupMemory(membership: "/nonexistent", root: "/nonexistent").limit == nil)
    #expect(try limit("nonsense\n\n:::\n0::/a\n", [("a", "memory.max", "lots\n")]) == nil)
  }
}
