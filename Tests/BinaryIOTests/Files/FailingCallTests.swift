import BinaryIO
import TestSupport
import Testing
import Threads

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What single system calls of a save do when they fail in ways of their own.
@Suite struct FailingCallTests {
  private let folder: TemporaryFolder
  private let old: String

  init() throws {
    folder = try TemporaryFolder()
    old = try folder.write([9, 9], to: "old")
  }

  private func save(_ bytes: [UInt8], to path: String, replacing: Bool = true, _ plan: FaultPlan) throws {
    try plan.run {
      var writer = try AtomicFileWriter.create(path: path, replacing: replacing)
      try writer.write(bytes)
      try writer.commit()
    }
  }

  @Test func theCallsComeInTheOrderThatSurvivesACrash() throws {
    let expected: [(FaultPlan.System, Bool, [FileOperations.Call])] = [
      (
        .complete, true, [.inspect, .createUnnamed, .setMode, .write, .synchronize, .openFolder, .name, .name, .rename]
      ),
      (.complete, false, [.inspect, .createUnnamed, .write, .synchronize, .openFolder, .name]),
      (
        .namedFilesOnly, true,
        [.inspect, .createUnnamed, .create, .setMode, .write, .synchronize, .openFolder, .rename]
      ),
      (
        .namedFilesOnly, false,
        [
          .inspect, .createUnnamed, .create, .renameWithoutReplacing, .write, .synchronize, .openFolder,
          .renameWithoutReplacing,
        ]
      ),
      (
        .linksOnly, false,
        [
          .inspect, .createUnnamed, .create, .renameWithoutReplacing, .link, .remove, .write, .synchronize, .openFolder,
          .renameWithoutReplacing, .link,
        ]
      ),
    ]
    for (system, replacing, calls) in expected where system != .complete || TemporaryFolder.hasUnnamedFiles {
      let plan = FaultPlan(system)
      try save([1], to: replacing ? old : folder.file("\(system)"), replacing: replacing, plan)
      let ending: [FileOperations.Call] = [.synchronizeFolder, .close, .close]
      #expect(plan.calls == calls + ending + (system == .linksOnly ? [.remove] : []))
    }
  }

  @Test func whatIsWrittenInShortPiecesIsWhole() throws {
    var random = SplitMix64(seed: 11)
    let bytes = random.bytes(5000)
    let seed = random.next()
    let plan = FaultPlan(.complete) { call, index in
      guard call == .write else { return nil }
      var random = SplitMix64(seed: seed &+ UInt64(index))
      return Bool.random(using: &random) ? .error(EINTR) : .shortWrite(Int.random(in: 1...40, using: &random))
    }
    try save(bytes, to: old, plan)
    #expect(try folder.read("old") == bytes)
    #expect(plan.calls.count { $0 == .write } > 100)
  }

  @Test func aDeviceThatTakesNothingIsAnError() throws {
    #expect(throws: FileError(operation: .write, path: old, reason: .system(EIO))) {
      try save([1], to: old, FaultPlan(.complete) { call, _ in call == .write ? .shortWrite(0) : nil })
    }
    #expect(try folder.read("old") == [9, 9])
  }

  @Test func aDiskThatFillsUpInTheMidstOfAWrite() throws {
    let plan = FaultPlan(.complete) { call, index in
      switch (call, index) {
      case (.write, ...3): .shortWrite(1)
      case (.write, _): .error(ENOSPC)
      default: nil
      }
    }
    #expect(throws: FileError(operation: .write, path: old, reason: .noSpace)) {
      try save([1, 2, 3, 4, 5], to: old, plan)
    }
    #expect(plan.calls.count { $0 == .write } > 1)
    #expect(try folder.read("old") == [9, 9])
    #expect(try folder.names() == ["old"])
  }

  @Test(arguments: [EPERM, EOPNOTSUPP, ENOTSUP, ENOSYS])
  func aFileSystemWithoutPermissionBits(number: Int32) throws {
    #expect(chmod(old, 0o600) == 0)
    try save([1], to: old, FaultPlan(.complete) { call, _ in call == .setMode ? .error(number) : nil })
    #expect(try folder.read("old") == [1])
    // Bits that could not be set are never more than there were.
    var status = stat()
    #expect(stat(old, &status) == 0 && status.st_mode & 0o077 == 0)
  }

  @Test(arguments: FaultPlan.System.allCases)
  func aPrivateFileIsPrivateFromTheStart(system: FaultPlan.System) throws {
    #expect(chmod(old, 0o600) == 0)
    let modes = Lock<[mode_t]>([])
    let folder = folder
    let plan = FaultPlan(system) { call, _ in
      guard call == .setMode else { return nil }
      for name in (try? folder.names()) ?? [] where name.hasSuffix(".tmp") {
        var status = stat()
        if stat(folder.file(name), &status) == 0 { modes.withLock { $0.append(status.st_mode & 0o777) } }
      }
      return nil
    }
    try save([1], to: old, plan)
    #expect(modes.withLock { $0.allSatisfy { $0 & 0o077 == 0 } })
    #expect(plan.calls.contains(.setMode))
  }

  @Test(arguments: [EPERM, EOPNOTSUPP, ENOSYS])
  func aFileSystemThatCanOnlyReplaceIsRefusedBeforeAnyWork(number: Int32) throws {
    let plan = FaultPlan(.linksOnly) { call, _ in call == .link ? .error(number) : nil }
    let path = folder.file("new")
    let error = FileError(operation: .create, path: path, reason: .replacementInevitable)
    #expect(throws: error) {
      _ = try plan.writer(path: path, replacing: false)
    }
    #expect(throws: error) { try plan.run { try FileSystem.checkWritable(path, replacing: false) } }
    #expect(error.description.contains(path))
    #expect(try folder.names() == ["old"])
    // With leave to replace it needs nothing of that.
    try save([1], to: path, plan)
    #expect(try folder.read("new") == [1])
    #expect(try folder.names() == ["new", "old"])
  }

  @Test(arguments: FaultPlan.System.allCases)
  func withoutLeaveNoCallIsMadeThatReplaces(system: FaultPlan.System) throws {
    let plan = FaultPlan(system)
    try save([1], to: folder.file("new"), replacing: false, plan)
    #expect(!plan.calls.contains(.rename))
    #expect(try folder.names() == ["new", "old"])
  }

  @Test(arguments: FaultPlan.System.allCases, [EINTR, EIO])
  func closingIsNotTriedAgainAndChangesNothing(system: FaultPlan.System, number: Int32) throws {
    let plan = FaultPlan(system) { call, _ in call == .close ? .errorAfterwards(number) : nil }
    try save([1, 2], to: old, plan)
    #expect(plan.calls.count { $0 == .close } == 2)
    #expect(try folder.read("old") == [1, 2])
    #expect(try folder.names() == ["old"])
  }

  @Test(arguments: [EINVAL, EOPNOTSUPP])
  func aFileSystemThatCannotSynchronizeFolders(number: Int32) throws {
    try save([1], to: old, FaultPlan(.complete) { call, _ in call == .synchronizeFolder ? .error(number) : nil })
    #expect(try folder.read("old") == [1])
  }

  @Test func aFolderThatMayNotBeRead() throws {
    try save([1], to: old, FaultPlan(.complete) { call, _ in call == .openFolder ? .error(EACCES) : nil })
    #expect(try folder.read("old") == [1])
  }

  @Test func aNameThatIsTakenLeadsToAnother() throws {
    let plan = FaultPlan(.namedFilesOnly) { call, index in call == .create && index < 5 ? .error(EEXIST) : nil }
    try save([1], to: old, plan)
    #expect(plan.calls.count { $0 == .create } > 2)
    #expect(try folder.read("old") == [1])
  }

  @Test func standardOutputAndDevicesFailToo() throws {
    let full = FaultPlan(.complete) { call, _ in call == .write ? .error(ENOSPC) : nil }
    #expect(throws: FileError(operation: .write, path: "-", reason: .noSpace)) {
      try full.run {
        var sink = DescriptorSink.standardOutput
        try sink.write([1])
      }
    }
    for (call, operation) in [(.openDevice, .create), (.write, .write), (.synchronize, .synchronize)]
      as [(FileOperations.Call, FileError.Operation)]
    {
      #expect(throws: FileError(operation: operation, path: "/dev/null", reason: .system(EIO))) {
        try save([1], to: "/dev/null", FaultPlan(.complete) { made, _ in made == call ? .error(EIO) : nil })
      }
    }
  }
}
