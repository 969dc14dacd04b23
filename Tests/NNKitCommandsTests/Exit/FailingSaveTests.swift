import BinaryIO
import Foundation
import ModelFormat
import Testing

@testable import NNKitCommands

/// The exit code of a command whose output fails at one system call: 73 while it is created, 74 afterwards.
struct FailingSaveTests {
  typealias Call = FileOperations.Call

  private func convert(_ call: Call, _ number: Int32, force: Bool) throws -> Int32 {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (input, output) = (folder.appendingPathComponent("a.nnk").path, folder.appendingPathComponent("b.nnk").path)
    try Model(topology: nil, tensors: [Tensor(name: "t", shape: [2], values: [1, 2] as [Float])]).save(to: input)
    if force { try Data([7]).write(to: URL(fileURLWithPath: output)) }
    let isNamed = [.create, .renameWithoutReplacing].contains(call)
    let exitCode = FileOperations.$faults.withValue({ made in
      if made == call { return .error(number) }
      return isNamed && made == .createUnnamed ? .error(EOPNOTSUPP) : nil
    }) { CommandLineTool.run(["convert", input, output] + (force ? ["--force"] : [])) }
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let isInPlace = exitCode == 0 || [.openFolder, .synchronizeFolder].contains(call)
    #expect(left == (force || isInPlace ? ["a.nnk", "b.nnk"] : ["a.nnk"]))
    if force && !isInPlace { #expect(try Data(contentsOf: URL(fileURLWithPath: output)) == Data([7])) }
    return exitCode
  }

  @Test(arguments: [
    (Call.inspect, EIO, Int32(73)), (.create, ENOSPC, 73), (.create, EDQUOT, 73), (.create, EMFILE, 73),
    (.createUnnamed, ENOSPC, 0), (.setMode, EIO, 73), (.write, ENOSPC, 74), (.write, EDQUOT, 74), (.write, EIO, 74),
    (.write, EFBIG, 74), (.synchronize, EIO, 74), (.synchronize, ENOSPC, 74), (.name, EIO, 74), (.rename, EIO, 74),
    (.rename, EACCES, 73), (.openFolder, EMFILE, 74), (.openFolder, EACCES, 0), (.synchronizeFolder, EIO, 74),
    (.close, EIO, 0),
  ])
  func replacing(call: Call, number: Int32, exitCode: Int32) throws {
    #expect(try convert(call, number, force: true) == exitCode)
  }

  @Test(arguments: [
    (Call.inspect, EIO, Int32(73)), (.create, ENOSPC, 73), (.write, ENOSPC, 74), (.synchronize, EIO, 74),
    (.name, EIO, 73), (.renameWithoutReplacing, EIO, 73), (.renameWithoutReplacing, EINVAL, 0),
    (.synchronizeFolder, EIO, 74), (.close, EINTR, 0),
  ])
  func creating(call: Call, number: Int32, exitCode: Int32) throws {
    #expect(try convert(call, number, force: false) == exitCode)
  }
}
