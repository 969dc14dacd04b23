import BinaryIO
import Foundation
import ModelFormat
import TestSupport
import Testing

@testable import NNKitCommands

/// The exit code of a command whose output fails at one system call: 73 while it is created, 74 afterwards.
struct FailingSaveTests {
  typealias Call = FileOperations.Call

  private func convert(_ call: Call, _ number: Int32, force: Bool) throws -> Int32 {
    let folder = try TemporaryFolder()
    let (input, output) = (folder.file("a.nnk"), folder.file("b.nnk"))
    try Model(topology: nil, tensors: [Tensor(name: "t", shape: [2], values: [1, 2] as [Float])]).save(to: input)
    if force { try folder.write([7], to: "b.nnk") }
    let isNamed = [.create, .renameWithoutReplacing].contains(call)
    let plan = FaultPlan(isNamed ? .namedFilesOnly : .complete) { made, _ in made == call ? .error(number) : nil }
    let exitCode = plan.run { CommandLineTool.run(["convert", input, output] + (force ? ["--force"] : [])) }
    let isInPlace = exitCode == 0 || call == .synchronizeFolder
    #expect(try folder.names() == (force || isInPlace ? ["a.nnk", "b.nnk"] : ["a.nnk"]))
    if force && !isInPlace { #expect(try folder.read("b.nnk") == [7]) }
    return exitCode
  }

  @Test(arguments: [
    (Call.inspect, EIO, Int32(73)), (.create, ENOSPC, 73), (.create, EDQUOT, 73), (.create, EMFILE, 73),
    (.createUnnamed, ENOSPC, 0), (.setMode, EIO, 73), (.write, ENOSPC, 74), (.write, EDQUOT, 74), (.write, EIO, 74),
    (.write, EFBIG, 74), (.synchronize, EIO, 74), (.synchronize, ENOSPC, 74), (.name, EIO, 74), (.rename, EIO, 74),
    (.rename, EACCES, 73), (.openFolder, EMFILE, 74), (.openFolder, EACCES, 0), (.synchronizeFolder, EIO, 74),
    (.close, EIO, 0),
  ])
  func replacingExitsWithTheCodeOfTheFailure(call: Call, number: Int32, exitCode: Int32) throws {
    #expect(try convert(call, number, force: true) == exitCode)
  }

  @Test(arguments: [
    (Call.inspect, EIO, Int32(73)), (.create, ENOSPC, 73), (.write, ENOSPC, 74), (.synchronize, EIO, 74),
    (.name, EIO, 73), (.renameWithoutReplacing, EIO, 73), (.renameWithoutReplacing, EINVAL, 0),
    (.synchronizeFolder, EIO, 74), (.close, EINTR, 0),
  ])
  func creatingExitsWithTheCodeOfTheFailure(call: Call, number: Int32, exitCode: Int32) throws {
    #expect(try convert(call, number, force: false) == exitCode)
  }
}
