import ModelFormat
import TestSupport
import Testing

/// Planted faults, which `nnkit inspect` finds without being asked.
struct InspectFindingTests {
  private let folder: TemporaryFolder
  private let model: Model

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "digits.nnk")
    model = try Model(contentsOf: folder.file("digits.nnk"))
  }

  /// The findings of the model with other values in one tensor.
  private func findings(
    _ name: String, history: TrainingHistory? = nil, _ change: (inout [Float]) -> Void
  ) throws -> [(code: String, severity: String)] {
    let tensors = try model.tensors.map { tensor in
      guard tensor.name == name else { return tensor }
      var values = tensor.floats()
      change(&values)
      return try Tensor(name: name, shape: tensor.shape, values: values)
    }
    let planted = try Model(
      topology: model.topology, tensors: tensors, history: history ?? model.history, metadata: model.metadata)
    try planted.save(to: folder.file("planted.nnk"))
    let outcome = try Program.succeed(["inspect", "planted.nnk", "--json"], in: folder)
    let text = try Program.succeed(["inspect", "planted.nnk"], in: folder).output.split(separator: "\n")
    let found = try JSON.object(outcome.output).objects("findings").map {
      (code: try $0.string("code"), severity: try $0.string("severity"))
    }
    // They stand where a person looks first.
    if !found.isEmpty { #expect(text[1].hasPrefix("Findings  ")) }
    return found
  }

  private func isFound(_ code: String, _ severity: String, in found: [(code: String, severity: String)]) -> Bool {
    found.contains { $0 == (code, severity) }
  }

  @Test func `The model as it was trained gives no warning and no error`() throws {
    #expect(try findings("") { _ in }.allSatisfy { $0.severity == "note" })
  }

  @Test func `Each fault has its code`() throws {
    // affine1.weight is [64 inputs, 8 units], affine2.weight [8 units, 10 outputs].
    #expect(isFound("non-finite", "error", in: try findings("affine1.weight") { $0[9] = .nan }))
    #expect(
      isFound("dead-units", "warning", in: try findings("affine1.weight") { for i in 0..<64 { $0[8 * i + 3] = 0 } }))
    #expect(
      isFound("unused-units", "warning", in: try findings("affine2.weight") { for i in 0..<10 { $0[10 * 3 + i] = 0 } }))
    #expect(
      isFound("constant-tensor", "warning", in: try findings("affine2.weight") { for i in $0.indices { $0[i] = 0.25 } })
    )
    #expect(
      isFound("scale-outlier", "warning", in: try findings("affine1.weight") { for i in $0.indices { $0[i] *= 1000 } }))
    #expect(isFound("never-fires", "warning", in: try findings("affine1.bias") { $0[2] = -1000 }))
  }

  @Test func `A loss that is no number, and one that rises while training goes on, are told`() throws {
    let rising = (0..<30).map { 0.5 + 0.05 * Double($0) }
    let falling = (0..<30).map { 1 / Double($0 + 1) }
    let overfitted = try TrainingHistory(columns: [
      .init(name: "loss", values: falling), .init(name: "validation_loss", values: rising),
    ])
    #expect(isFound("over-fitting", "warning", in: try findings("", history: overfitted) { _ in }))
    let diverged = try TrainingHistory(columns: [.init(name: "loss", values: [1, 2, .nan])])
    #expect(isFound("diverged", "error", in: try findings("", history: diverged) { _ in }))
    let unfinished = try TrainingHistory(columns: [.init(name: "loss", values: (0..<20).map { 20 - Double($0) })])
    #expect(isFound("not-converged", "note", in: try findings("", history: unfinished) { _ in }))
  }

  @Test func `That most of the training is missing stands before a unit that is silent`() throws {
    let losses = (0..<20).map { 20 - 0.3 * Double($0) }
    let unfinished = try TrainingHistory(columns: [.init(name: "loss", values: losses)])
    let found = try findings("affine1.bias", history: unfinished) { $0[2] = -1000 }
    #expect(found.map(\.code) == ["not-converged", "never-fires"] && found[0].severity == "warning")
  }
}
