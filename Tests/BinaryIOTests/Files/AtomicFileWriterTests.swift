import BinaryIO
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct AtomicFileWriterTests {
  private func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws(FileError) {
    var writer = try AtomicFileWriter.create(path: path, replacing: replacing)
    try writer.write(bytes)
    try writer.commit()
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test(arguments: FaultPlan.System.allCases, [true, false])
  func aNewFileIsWritten(system: FaultPlan.System, replacing: Bool) throws {
    let folder = try TemporaryFolder()
    try FaultPlan(system).run { try write([1, 2, 3], to: folder.file("a"), replacing: replacing) }
    #expect(try folder.read("a") == [1, 2, 3])
    #expect(try folder.names() == ["a"])
  }

  @Test func anEmptyFileIsAFile() throws {
    let folder = try TemporaryFolder()
    try write([], to: folder.file("a"), replacing: false)
    #expect(try folder.read("a") == [])
  }

  @Test(arguments: FaultPlan.System.allCases)
  func replacesAndKeepsThePermissionBits(system: FaultPlan.System) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([9, 9, 9, 9], to: "a")
    for bits: mode_t in [0o600, 0o640, 0o755, 0o444] {
      #expect(chmod(path, bits) == 0)
      try FaultPlan(system).run { try write([1, 2], to: path, replacing: true) }
      #expect(mode(path) == bits)
      #expect(try folder.read("a") == [1, 2])
    }
    #expect(try folder.names() == ["a"])
  }

  @Test func refusesToReplaceWithoutLeave() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([9], to: "a")
    #expect(throws: FileError(operation: .create, path: path, reason: .alreadyExists)) {
      try write([1], to: path, replacing: false)
    }
    #expect(try folder.read("a") == [9])
    #expect(try folder.names() == ["a"])
  }

  @Test(arguments: FaultPlan.System.allCases)
  func refusesAFileThatAppearedMeanwhile(system: FaultPlan.System) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a")
    var writer = try FaultPlan(system).writer(path: path, replacing: false)
    try writer.write([1])
    try folder.write([9], to: "a")
    do {
      try writer.commit()
      Issue.record("the file was replaced")
    } catch { #expect(error == FileError(operation: .create, path: path, reason: .alreadyExists)) }
    #expect(try folder.read("a") == [9])
    #expect(try folder.names() == ["a"])
  }

  @Test(arguments: FaultPlan.System.allCases) func theOldFileStandsUntilTheCommit(system: FaultPlan.System) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([9], to: "a")
    var writer = try FaultPlan(system).writer(path: path, replacing: true)
    try writer.write([1, 2, 3])
    #expect(try folder.read("a") == [9])
    #expect(try folder.names().count == (system == .complete && TemporaryFolder.hasUnnamedFiles ? 1 : 2))
    try writer.commit()
    #expect(try folder.read("a") == [1, 2, 3])
    #expect(try folder.names() == ["a"])
  }

  @Test(arguments: FaultPlan.System.allCases, [true, false])
  func anAbandonedWriterLeavesNothing(system: FaultPlan.System, replacing: Bool) throws {
    let folder = try TemporaryFolder()
    try folder.write([9], to: "old")
    for name in replacing ? ["old", "new"] : ["new"] {
      var writer = try FaultPlan(system).writer(path: folder.file(name), replacing: replacing)
      try writer.write([1])
      let isNamed = system != .complete || !TemporaryFolder.hasUnnamedFiles
      #expect(try folder.names().count { $0.hasPrefix(".nnkit.") && $0.hasSuffix(".tmp") } == (isNamed ? 1 : 0))
    }
    #expect(try folder.names() == ["old"])
    #expect(try folder.read("old") == [9])
  }

  @Test(arguments: FaultPlan.System.allCases)
  func twoWritersDoNotShareATemporaryFile(system: FaultPlan.System) throws {
    let folder = try TemporaryFolder()
    let plan = FaultPlan(system)
    var first = try plan.writer(path: folder.file("a"), replacing: true)
    var second = try plan.writer(path: folder.file("a"), replacing: true)
    try first.write([1])
    try second.write([2])
    try second.commit()
    try first.commit()
    #expect(try folder.read("a") == [1])
    #expect(try folder.names() == ["a"])
  }

  @Test func aLinkStaysALink() throws {
    let folder = try TemporaryFolder()
    #expect(mkdir(folder.file("real"), 0o700) == 0)
    let target = try folder.write([9], to: "real/target")
    #expect(symlink("real/target", folder.file("link")) == 0)
    try write([1], to: folder.file("link"), replacing: true)
    #expect(try folder.read("real/target") == [1])
    var status = stat()
    #expect(lstat(folder.file("link"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(try FileSystem.names(inFolder: folder.file("real")) == ["target"])
    #expect(FileSystem.exists(target))
  }

  @Test(arguments: [true, false]) func aLinkToNothingYetGetsItsTarget(replacing: Bool) throws {
    let folder = try TemporaryFolder()
    #expect(mkdir(folder.file("real"), 0o700) == 0)
    #expect(symlink("real/target", folder.file("link")) == 0)
    #expect(symlink(folder.file("link"), folder.file("second")) == 0)
    try write([1], to: folder.file("second"), replacing: replacing)
    #expect(try folder.read("real/target") == [1])
    #expect(try folder.names() == ["link", "real", "second"])
  }

  @Test func pathsThatCannotBeWrittenAreRefused() throws {
    let folder = try TemporaryFolder()
    let missing = folder.file("missing/a")
    #expect(throws: FileError(operation: .create, path: missing, reason: .notFound)) {
      try write([1], to: missing, replacing: true)
    }
    #expect(throws: FileError(operation: .create, path: folder.path, reason: .isDirectory)) {
      try write([1], to: folder.path, replacing: true)
    }
    #expect(throws: FileError(operation: .create, path: "", reason: .notFound)) {
      try write([1], to: "", replacing: true)
    }
    // A combining accent after the slash must not hide it.
    let accent = folder.file("\u{301}a")
    try write([1], to: accent, replacing: false)
    #expect(FileSystem.exists(accent))
  }

  @Test func aPipeIsWrittenToAndNotReplaced() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let reader = popen("cat '\(path)' > '\(folder.file("out"))'", "r")
    try write([1, 2, 3], to: path, replacing: true)
    if let reader { pclose(reader) }
    #expect(try folder.read("out") == [1, 2, 3])
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    #expect(try folder.names() == ["out", "pipe"])
  }

  @Test func aPipeNeedsNoLeaveToBeReplaced() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    // The check must not open the pipe: its reader would see the end of it.
    try FileSystem.checkWritable(path, replacing: false)
    let reader = popen("cat '\(path)' > '\(folder.file("out"))'", "r")
    try write([4, 5], to: path, replacing: false)
    if let reader { pclose(reader) }
    #expect(try folder.read("out") == [4, 5])
  }

  @Test func aNameOfFullLength() throws {
    let folder = try TemporaryFolder()
    let name = String(repeating: "n", count: 255)
    try write([1], to: folder.file(name), replacing: false)
    #expect(try folder.names() == [name])
  }

  // Not for the superuser, who would lose the device if it were replaced after all.
  @Test(
    .enabled(
      if: geteuid() != 0 && access("/dev/full", W_OK) == 0,
      "needs an ordinary user and /dev/full, a device without space that Linux has"))
  func aFullDeviceIsReported() {
    #expect(throws: FileError(operation: .write, path: "/dev/full", reason: .noSpace)) {
      try write([1, 2, 3], to: "/dev/full", replacing: true)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write to a read-only folder"))
  func aReadOnlyFolderIsReported() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([9], to: "a")
    #expect(chmod(folder.path, 0o500) == 0)
    for name in [path, folder.file("b")] {
      #expect(throws: FileError(operation: .create, path: name, reason: .permissionDenied)) {
        try write([1], to: name, replacing: true)
      }
    }
    #expect(try folder.read("a") == [9])
  }
}
