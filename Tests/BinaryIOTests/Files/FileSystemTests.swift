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

@Suite struct FileSystemTests {
  @Test func namesAreSortedAndComplete() throws {
    let folder = try TemporaryFolder()
    for name in ["b", "a", ".hidden", "ä b"] { try folder.write([], to: name) }
    #expect(mkdir(folder.file("folder"), 0o700) == 0)
    #expect(try FileSystem.names(inFolder: folder.path) == [".hidden", "a", "b", "folder", "ä b"])
    #expect(try FileSystem.names(inFolder: folder.file("folder")) == [])
  }

  @Test func aMissingFolderHasNoNames() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("missing")
    #expect(throws: FileError(operation: .open, path: path, reason: .notFound)) {
      try FileSystem.names(inFolder: path)
    }
  }

  @Test func existenceAndKindAreKnown() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write([], to: "a")
    #expect(FileSystem.exists(file) && !FileSystem.isFolder(file))
    #expect(FileSystem.exists(folder.path) && FileSystem.isFolder(folder.path))
    #expect(!FileSystem.exists(file + "x") && !FileSystem.isFolder(file + "x"))
  }

  @Test(arguments: FaultPlan.System.allCases)
  func checkWritableLeavesNothingBehind(system: FaultPlan.System) throws {
    let folder = try TemporaryFolder()
    try FaultPlan(system).run { try FileSystem.checkWritable(folder.file("new"), replacing: false) }
    #expect(try folder.names() == [])
    let old = try folder.write([7], to: "old")
    try FaultPlan(system).run { try FileSystem.checkWritable(old, replacing: true) }
    #expect(try folder.read("old") == [7])
    #expect(try folder.names() == ["old"])
    try FileSystem.checkWritable("-", replacing: false)
  }

  @Test func oneFileHasManySpellings() throws {
    let folder = try TemporaryFolder()
    #expect(mkdir(folder.file("inner"), 0o700) == 0)
    try folder.write([], to: "old")
    for (target, name) in [
      ("inner", "same"), ("old", "link"), ("new", "dangling"), ("inner/new", "deep"), ("loop", "loop"),
    ] {
      #expect(symlink(target, folder.file(name)) == 0)
    }
    let groups = [
      ["old", "./old", "inner/../old", "link", "same/../old"], ["new", "./new", "dangling", "inner/..//new"],
      ["inner/new", "same/new", "deep", "same/./new"], ["inner/other", "same/other"], ["other", "inner/../other"],
      ["inner/old"], ["missing/new"], ["inner", "same", "same/."],
    ]
    for (number, group) in groups.enumerated() {
      for (otherNumber, others) in groups.enumerated() {
        for first in group {
          for second in others where first != "missing/new" || second != "missing/new" {
            let isSame = FileSystem.isSameFile(folder.file(first), folder.file(second))
            #expect(isSame == (number == otherNumber), "\(first) and \(second)")
          }
        }
      }
    }
    #expect(!FileSystem.isSameFile("-", "-"))
    #expect(!FileSystem.isSameFile("", folder.file("new")))
    #expect(FileSystem.isSameFile(folder.file("loop"), folder.file("loop")))
  }

  @Test func checkWritableRefusesWhatTheWriterRefuses() throws {
    let folder = try TemporaryFolder()
    let old = try folder.write([7], to: "old")
    #expect(throws: FileError(operation: .create, path: old, reason: .alreadyExists)) {
      try FileSystem.checkWritable(old, replacing: false)
    }
    #expect(throws: FileError(operation: .create, path: "", reason: .notFound)) {
      try FileSystem.checkWritable("", replacing: false)
    }
    #expect(throws: FileError(operation: .create, path: folder.path, reason: .isDirectory)) {
      try FileSystem.checkWritable(folder.path, replacing: true)
    }
  }
}

@Suite struct FileErrorTests {
  @Test(
    arguments: [
      (ENOENT, .notFound), (ENOTDIR, .notFound), (EISDIR, .isDirectory), (EACCES, .permissionDenied),
      (EPERM, .permissionDenied), (EROFS, .permissionDenied), (EEXIST, .alreadyExists), (ENOSPC, .noSpace),
      (EDQUOT, .noSpace), (EIO, .system(EIO)),
    ] as [(Int32, FileError.Reason)])
  func errorNumbersBecomeReasons(number: Int32, reason: FileError.Reason) {
    #expect(FileError(operation: .read, path: "p", errorNumber: number).reason == reason)
  }

  @Test func everyDescriptionIsOneLine() {
    let error = FileError(operation: .create, path: "model.nnk", reason: .alreadyExists)
    #expect(error.description == "cannot create model.nnk: it exists already")
    let system = FileError(operation: .read, path: "-", reason: .system(EIO)).description
    #expect(system.hasPrefix("cannot read standard input: ") && system.hasSuffix("(error \(EIO))"))
  }

  @Test func memoryCollectsWhatASinkIsGiven() throws {
    var sink = MemorySink()
    try sink.write([1, 2])
    try sink.write([])
    try sink.write([3])
    #expect(sink.bytes == [1, 2, 3])
  }
}
