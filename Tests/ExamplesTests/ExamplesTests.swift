import Foundation
import TestSupport
import Testing

/// The examples of README.md's library section are programs that are built as they are, and run here.
struct ExamplesTests {
  private func source(_ name: String) throws -> String {
    try String(contentsOfFile: Repository.path("Tests/Examples/\(name)/main.swift"), encoding: .utf8)
  }

  @Test(arguments: [("PredictExample", 4), ("TrainExample", 8)])
  func theReadmeShowsThemLetterForLetter(name: String, lineCount: Int) throws {
    let readme = try String(contentsOfFile: Repository.path("README.md"), encoding: .utf8)
    let source = try source(name)
    #expect(readme.contains("```swift\n\(source)```\n"))
    #expect(source.split(separator: "\n").count <= lineCount)
  }

  @Test func theyTrainSaveAndPredict() throws {
    let folder = try TemporaryFolder()
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder.file("samples"), withIntermediateDirectories: false)
    try manager.createSymbolicLink(
      atPath: folder.file("samples/digits"), withDestinationPath: Repository.path("samples/digits"))
    try manager.createSymbolicLink(
      atPath: folder.file("images.gz"),
      withDestinationPath: Repository.path("samples/digits/t10k-images-idx3-ubyte.gz"))

    let training = try run("TrainExample", in: folder)
    #expect(training.exitCode == 0 && training.errors == "")
    let epochs = training.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(epochs.map(\.first) == (1...20).map { "\($0)" })
    let accuracy = try #require(epochs.last?.last.flatMap { Double($0) })
    #expect(accuracy > 0.95)

    let prediction = try run("PredictExample", in: folder)
    #expect(prediction.exitCode == 0 && prediction.errors == "")
  }

  private func run(_ name: String, in folder: TemporaryFolder) throws -> Outcome {
    try Execution.run(Execution.path(ofProgram: name), [], in: folder.path, timeLimit: .seconds(120))
  }
}
