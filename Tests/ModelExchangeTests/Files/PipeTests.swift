import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Models that come through a pipe, which has no size and perhaps no end.
@Suite(.serialized)
struct PipeTests {
  private let folder: TemporaryFolder
  private let pipe: String
  private let model: Model

  init() throws {
    folder = try TemporaryFolder()
    pipe = folder.file("pipe")
    model = try SampleModels.complete()
    #expect(mkfifo(pipe, 0o600) == 0)
    try folder.write(try model.encoded(), to: "model.nnk")
    try ModelFiles.open(folder.file("model.nnk")).save(to: folder.file("model.safetensors"), as: .safetensors)
  }

  /// Runs `body` while a command of the shell writes into the pipe, and waits for the end of that.
  private func whilePiping(_ command: String, _ body: () throws -> Void) throws {
    let line = "cd '\(folder.path)'; { \(command); } > pipe 2>/dev/null"
    let writer = try #require(popen(line, "r"))
    defer { pclose(writer) }
    try body()
  }

  private func error(_ command: String, _ limits: DecodingLimits = DecodingLimits()) throws -> ModelFormatError {
    var error: ModelFormatError?
    try whilePiping(command) {
      error = #expect(throws: ModelFormatError.self) { _ = try ModelFiles.open(pipe, limits: limits) }
    }
    let found = try #require(error)
    #expect(found.path == pipe)
    return found
  }

  @Test func aModelIsReadWholeWhateverItsFormat() throws {
    try whilePiping("cat model.nnk") {
      let read = try Model(contentsOf: pipe)
      #expect(read == model)
    }
    try whilePiping("cat model.safetensors") {
      let size = try ModelFiles.open(pipe).fileSize
      #expect(try size == folder.read("model.safetensors").count)
    }
  }

  /// What is no model is refused by its first bytes: the rest of an endless pipe is not read.
  @Test func whatIsNoModelIsRefusedByItsFirstBytes() throws {
    #expect(try error("cat /dev/zero").code == .notAModel)
    #expect(try error("yes").code == .notAModel)
    #expect(try error("printf '\\211NNK\\r\\n\\032\\n'; cat /dev/zero").code == .checksumMismatch)
  }

  @Test func aPipeThatEndsEarlyIsToldFromAForeignFile() throws {
    #expect(try error("true").code == .notAModel)
    #expect(try error("head -c 5 model.nnk").code == .truncated)
    #expect(try error("head -c 15 model.nnk").code == .truncated)
    #expect(try error("head -c 17 model.nnk").code == .truncated)
    #expect(try error("head -c 15 model.safetensors").code == .truncated)
  }

  @Test func aPipeThatDoesNotEndIsReadUpToTheLimit() throws {
    var limits = DecodingLimits()
    limits.pipeSize = try folder.read("model.nnk").count
    try whilePiping("cat model.nnk") {
      let read = try Model(contentsOf: pipe, limits: limits)
      #expect(read == model)
    }
    for command in ["cat model.nnk /dev/zero", "cat model.nnk; printf x", "cat model.safetensors /dev/zero"] {
      let error = try error(command, limits)
      #expect(error.code == .limitExceeded)
      #expect(error.expected.contains("\(limits.pipeSize)"))
    }
    // A file has a size, and is not held in memory.
    limits.pipeSize = 1
    #expect(try Model(contentsOf: folder.file("model.nnk"), limits: limits) == model)
  }
}
