import BinaryIO
import IDX
import ModelFormat
import NetworkStorage
import NeuralNetwork
import Testing

@testable import NNKitCommands

/// Which exit code each kind of error gets. The numbers are those of BSD's `sysexits.h`.
struct CommandFailureTests {
  @Test func theNumbersAreThoseOfTheContract() {
    #expect(ExitStatus.success == 0 && ExitStatus.different == 1 && ExitStatus.trouble == 2)
    #expect(ExitStatus.usage == 64 && ExitStatus.badData == 65 && ExitStatus.missingInput == 66)
    #expect(ExitStatus.internalError == 70 && ExitStatus.cannotCreate == 73 && ExitStatus.inputOutput == 74)
    #expect(ExitStatus.interrupted == 130)
  }

  @Test(arguments: [
    (FileError.Operation.open, FileError.Reason.notFound, Int32(66)), (.open, .isDirectory, 66),
    (.open, .permissionDenied, 66), (.open, .system(24), 74), (.inspect, .system(5), 74),
    (.read, .system(5), 74),
    (.create, .notFound, 73), (.create, .permissionDenied, 73), (.create, .alreadyExists, 73),
    (.create, .isDirectory, 73), (.write, .noSpace, 74), (.write, .system(5), 74),
    (.write, .permissionDenied, 73),
    (.synchronize, .system(5), 74), (.rename, .permissionDenied, 73), (.rename, .system(5), 74),
    (.create, .replacementInevitable, 73),
  ])
  func everyFileErrorHasItsExitCode(operation: FileError.Operation, reason: FileError.Reason, exitCode: Int32) {
    let failure = CommandFailure(FileError(operation: operation, path: "some/file", reason: reason))
    #expect(failure.exitCode == exitCode)
    #expect(failure.message.contains("some/file"))
  }

  @Test func anExistingOutputNamesTheWayOut() {
    let exists = CommandFailure(FileError(operation: .create, path: "m", reason: .alreadyExists))
    #expect(exists.message.contains("--force"))
    let missing = CommandFailure(FileError(operation: .create, path: "m", reason: .notFound))
    #expect(!missing.message.contains("--force"))
  }

  @Test func fileErrorsKeepTheirCodeInsideOthers() throws {
    let model = #expect(throws: ModelFormatError.self) { try ModelReader(path: "/nowhere/model.nnk") }
    #expect(CommandFailure(try #require(model)).exitCode == 66)
    let data = #expect(throws: IDXError.self) { try IDXArray(contentsOf: "/nowhere/images") }
    #expect(CommandFailure(try #require(data)).exitCode == 66)
    let folder = #expect(throws: IDXError.self) { try IDXFolder(path: "/nowhere") }
    #expect(CommandFailure(try #require(folder)).exitCode == 66)
    let file = #expect(throws: IDXError.self) { try IDXFolder(path: "/dev/null") }
    #expect(CommandFailure(try #require(file)).exitCode == 66)
    let full = ModelFormatError(FileError(operation: .write, path: "m", reason: .noSpace))
    #expect(CommandFailure(full).exitCode == 74)
    let exists = ModelFormatError(FileError(operation: .create, path: "m", reason: .alreadyExists))
    #expect(CommandFailure(exists).exitCode == 73)
    #expect(CommandFailure(exists).message.contains("--force"))
  }

  @Test func damagedDataIsBadData() throws {
    for code in ModelFormatError.Code.allCases where code != .file {
      let failure = CommandFailure(ModelFormatError(code, expected: "this", found: "that"))
      #expect(failure.exitCode == (code == .noSuchTensor ? 64 : 65), "\(code)")
      #expect(failure.message.contains("this") && failure.message.contains("that"))
    }
    let error = #expect(throws: IDXError.self) { try IDXArray(contentsOf: "/dev/null") }
    #expect(CommandFailure(try #require(error)).exitCode == 65)
  }

  @Test func networksThatCannotBeBuiltAreBadData() throws {
    let model = try Model(topology: nil, tensors: [])
    let storage = #expect(throws: NetworkStorageError.self) { try Network<Float>(model) }
    #expect(CommandFailure(try #require(storage)).exitCode == 65)
    let network = #expect(throws: NetworkError.self) { try Matrix<Float>([[1], [2, 3]]) }
    #expect(CommandFailure(try #require(network)).exitCode == 65)
  }

  @Test func anythingElseIsInternal() {
    struct Unforeseen: Error {}
    let failure = CommandFailure(Unforeseen())
    #expect(failure.exitCode == 70)
    #expect(failure.message.contains("internal error"))
  }

  @Test func aFailureIsItself() {
    let failure = CommandFailure.usage("wrong")
    #expect(CommandFailure(failure as any Error) == failure)
    #expect(failure.exitCode == 64)
    #expect(CommandFailure.badData("x").exitCode == 65)
  }
}
