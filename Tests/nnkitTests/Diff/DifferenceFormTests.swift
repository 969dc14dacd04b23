import Foundation
import TestSupport
import Testing

/// What `nnkit diff` says, and in what form.
struct DifferenceFormTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["digits.nnk", "other.nnk", "convolutional.nnk", "sine.nnk", "state-dict.safetensors"] {
      try folder.write(
        TemporaryFolder.bytes(Repository.path("Tests/nnkitTests/Expected/Models/\(name)")), to: name)
    }
  }

  private func document(_ arguments: [String], exitCode: Int32 = 1) throws -> [String: Any] {
    let outcome = try Program.run(["diff"] + arguments + ["--json"], in: folder)
    #expect(outcome.exitCode == exitCode && outcome.standardError.isEmpty)
    return try JSON.object(outcome.output)
  }

  @Test(arguments: [60, 80, 120])
  func `No line is longer than the terminal is wide`(width: Int) throws {
    for other in ["other.nnk", "convolutional.nnk", "sine.nnk", "state-dict.safetensors", "digits.nnk"] {
      let outcome = try Program.run(
        ["diff", "digits.nnk", other], environment: ["COLUMNS": String(width)], in: folder)
      for line in outcome.output.split(separator: "\n") {
        #expect(line.count <= width, "\(line)")
      }
    }
  }

  @Test func `A long name gives up its middle`() throws {
    let name = "first" + String(repeating: "x", count: 300) + "last"
    for (file, value) in [("a.safetensors", Float(1)), ("b.safetensors", 2)] {
      try folder.write(SafetensorsFile.bytes([.init(name: name, shape: [1], values: [value])]), to: file)
    }
    let outcome = try Program.run(
      ["diff", "a.safetensors", "b.safetensors"], environment: ["COLUMNS": "80"], in: folder)
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(outcome.output.contains("first") && outcome.output.contains("last "))
  }

  @Test func `The summary has a code for each sentence`() throws {
    func codes(_ arguments: [String], exitCode: Int32 = 1) throws -> [String] {
      try document(arguments, exitCode: exitCode).objects("summary").map { try $0.string("code") }
    }
    #expect(try codes(["digits.nnk", "digits.nnk"], exitCode: 0) == ["same"])
    #expect(try codes(["digits.nnk", "other.nnk"]) == ["all-layers", "other-training"])
    #expect(try codes(["digits.nnk", "convolutional.nnk"]) == ["other-architecture", "other-training"])
  }

  @Test func `Weights of the best epoch are shown with the numbers of that epoch`() throws {
    try Program.succeed(
      [
        "train", Digits.folder, "--hidden", "8", "--epochs", "60", "--learning-rate", "1", "--validation-split", "0.2",
        "--early-stopping", "3", "--seed", "1", "--output", "early.nnk",
      ], in: folder)
    let document = try document(["digits.nnk", "early.nnk"])
    let losses = try #require(document.objects("history").first { $0["name"] as? String == "validation_loss" })
    let side = try losses.object("right")
    #expect(try side.integer("saved_epoch") < side.integer("epochs"))
    #expect(try side.number("saved") == side.number("best") && side.number("saved") != side.number("last"))
    #expect(try side.integer("saved_epoch") == side.integer("best_epoch"))
    let text = try Program.run(["diff", "digits.nnk", "early.nnk"], in: folder).output
    #expect(text.contains("epoch 20 of 20 on the left, \(try side.integer("saved_epoch")) of"))
  }

  @Test func `History and metadata are numbers in JSON`() throws {
    let document = try document(["digits.nnk", "convolutional.nnk"])
    let epochs = try #require(document.objects("metadata").first { $0["name"] as? String == "training.epochs" })
    #expect(try epochs.integer("left") == 20 && epochs.integer("right") == 4)
    let loss = try #require(document.objects("history").first)
    #expect(try loss.object("left").integer("epochs") == 20 && loss.object("left").number("last") < 0.3)
  }

  @Test func `A model and its rounded copy are the same within a tolerance`() throws {
    let values: [Float] = [0.1, 0.2, 0.3]
    try folder.write(SafetensorsFile.bytes([.init(name: "w", shape: [3], values: values)]), to: "single.safetensors")
    let half = values.map { Float16($0).bitPattern.littleEndian }.withUnsafeBytes { Array($0) }
    try folder.write(
      SafetensorsFile.file(#"{"w":{"dtype":"F16","shape":[3],"data_offsets":[0,6]}}"#, half), to: "half.safetensors")
    let exact = try document(["single.safetensors", "half.safetensors"])
    #expect(try exact.objects("summary").first?.string("code") == "rounded-to-f16")
    let tolerant = try document(
      ["single.safetensors", "half.safetensors", "--absolute-tolerance", "1e-3"], exitCode: 0)
    #expect(try tolerant.boolean("same"))
    #expect(
      try tolerant.objects("summary").map { try $0.string("code") } == ["rounded-to-f16", "same-within-tolerance"])
  }

  @Test func `A weight that became NaN has no distance`() throws {
    try folder.write(SafetensorsFile.bytes([.init(name: "w", shape: [2], values: [1, 2])]), to: "a.safetensors")
    try folder.write(SafetensorsFile.bytes([.init(name: "w", shape: [2], values: [1, .nan])]), to: "b.safetensors")
    let tensors = try document(["a.safetensors", "b.safetensors"]).objects("tensors")
    let values = try #require(tensors.first).object("values")
    #expect(values["relative_l2"] is NSNull && values["maximum_units_in_last_place"] is NSNull)
    #expect(try values.integer("non_finite") == 1 && values.integer("differing") == 1)
  }

  @Test func `A filter compares what matches, and refuses what nothing matches`() throws {
    let document = try document(["digits.nnk", "other.nnk", "--filter", "*.bias"])
    #expect(try document.objects("tensors").map { try $0.string("name") } == ["affine1.bias", "affine2.bias"])
    #expect(try document.objects("metadata").isEmpty)
    try expectRefusal(
      ["diff", "digits.nnk", "other.nnk", "--filter", "x*"], exitCode: 2, evidence: ["x*"], in: folder)
  }

  @Test func `Of many tensors those that changed most are shown, and all if asked for`() throws {
    let left = (0..<30).map { SafetensorsFile.Tensor(name: "t\($0)", shape: [1], values: [1]) }
    let right = (0..<30).map { SafetensorsFile.Tensor(name: "t\($0)", shape: [1], values: [Float($0) + 2]) }
    try folder.write(SafetensorsFile.bytes(left), to: "a.safetensors")
    try folder.write(SafetensorsFile.bytes(right), to: "b.safetensors")
    let some = try Program.run(["diff", "a.safetensors", "b.safetensors"], in: folder).output
    #expect(some.contains("… 10 more, all with --all") && some.contains("t29 ") && !some.contains("t9 "))
    let all = try Program.run(["diff", "a.safetensors", "b.safetensors", "--all"], in: folder).output
    #expect(!all.contains("more, all") && all.contains("t0 "))
  }
}
