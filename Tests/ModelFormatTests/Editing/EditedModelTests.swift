import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// What the changes do to a model, wherever it is.
struct EditedModelTests {
  private func edited(_ model: Model, _ change: (inout ModelEdit) -> Void) throws -> Model {
    var edit = ModelEdit()
    change(&edit)
    return try EditedModel(model, edit).model()
  }

  private func refusal(_ model: Model, _ change: (inout ModelEdit) -> Void) throws -> String {
    var edit = ModelEdit()
    change(&edit)
    return try #require(throws: ModelEditError.self) { _ = try EditedModel(model, edit) }.description
  }

  private func stateless() throws -> Model {
    var model = try SampleModels.complete()
    model.trainingState = nil
    return model
  }

  @Test func `no change leaves everything as it is`() throws {
    let model = try SampleModels.complete()
    #expect(try edited(model) { _ in } == model)
  }

  @Test func `metadata are added, replaced and taken out, and the later of two counts`() throws {
    let model = try SampleModels.complete()
    var expected = model
    expected.metadata = ["seed": 7, "note": "Größe 🧠", "resumed": false, "new": [1, "a"]]
    let result = try edited(model) { edit in
      edit.setMetadata = [("seed", 6), ("new", [1, "a"]), ("seed", 7)]
      edit.removedMetadata = ["rates"]
    }
    #expect(result == expected)
  }

  @Test func `class names belong to a topology, one for each output`() throws {
    let model = try SampleModels.complete()
    #expect(try edited(model) { $0.classNames = ["a", "b", "c"] }.topology?.classNames == ["a", "b", "c"])
    #expect(try edited(model) { $0.classNames = [] }.topology?.classNames == [])
    #expect(
      try refusal(model) { $0.classNames = ["a", "b"] }
        == "expected one class name for each output, of shape [3], found 2")
    var bare = model
    bare.topology = nil
    #expect(
      try refusal(bare) { $0.classNames = ["a"] }
        == "class names belong to a topology: expected a model with one, found none")
  }

  @Test func `a tensor gets another name in the topology too`() throws {
    let model = try stateless()
    let result = try edited(model) { $0.renamings = [.init("hidden.weight", to: "w")] }
    #expect(result.tensors.map(\.name) == ["w", "hidden.bias", "mask", "empty"])
    #expect(result.tensor(named: "w")?.bytes == model.tensor(named: "hidden.weight")?.bytes)
    #expect(result.topology?.layers[0].parameters.map(\.tensor) == ["w", "hidden.bias"])
  }

  @Test func `two tensors can exchange their names`() throws {
    let model = try stateless()
    let result = try edited(model) {
      $0.renamings = [.init("hidden.weight", to: "hidden.bias"), .init("hidden.bias", to: "hidden.weight")]
    }
    #expect(result.tensors.map(\.name) == ["hidden.bias", "hidden.weight", "mask", "empty"])
    #expect(result.topology?.layers[0].parameters.map(\.tensor) == ["hidden.bias", "hidden.weight"])
    #expect(result.tensor(named: "hidden.bias")?.shape == [2, 3])
  }

  @Test func `the name of a dropped tensor is free`() throws {
    let result = try edited(try stateless()) {
      $0.droppedTensors = ["mask"]
      $0.renamings = [.init("empty", to: "mask")]
    }
    #expect(result.tensors.map(\.name) == ["hidden.weight", "hidden.bias", "mask"])
    #expect(result.tensor(named: "mask")?.shape == [0, 4])
  }

  @Test func `the training state can be dropped, and has to be where tensors change their names`() throws {
    let model = try SampleModels.complete()
    #expect(try edited(model) { $0.dropsTrainingState = true } == (try stateless()))
    let text = "expected no training state, which belongs to tensors by their names, found one; drop it too"
    #expect(try refusal(model) { $0.renamings = [.init("mask", to: "m")] } == text)
    #expect(try refusal(model) { $0.droppedTensors = ["mask"] } == text)
    let result = try edited(model) {
      $0.droppedTensors = ["mask"]
      $0.dropsTrainingState = true
    }
    #expect(result.tensors.map(\.name) == ["hidden.weight", "hidden.bias", "empty"])
    #expect(result.trainingState == nil)
  }

  @Test func `changes that cannot be made are refused with the reason`() throws {
    let model = try stateless()
    #expect(
      try refusal(model) { $0.droppedTensors = ["hidden.bias"] }
        == "tensor \"hidden.bias\" cannot be dropped: expected one that no layer uses, found it in layer \"hidden\"")
    #expect(
      try refusal(model) { $0.renamings = [.init("mask", to: "empty")] }
        == "tensor \"mask\": expected a new name that is free, found \"empty\", which another tensor has")
    #expect(
      try refusal(model) { $0.renamings = [.init("mask", to: "a"), .init("empty", to: "a")] }
        == "tensor \"mask\": expected a new name that is free, found \"a\", which another tensor has")
    #expect(
      try refusal(model) { $0.renamings = [.init("mask", to: "a"), .init("mask", to: "b")] }
        == "tensor \"mask\": expected one change of its name, found two, or one and that it is dropped")
    #expect(
      try refusal(model) {
        $0.droppedTensors = ["mask"]
        $0.renamings = [.init("mask", to: "b")]
      } == "tensor \"mask\": expected one change of its name, found two, or one and that it is dropped")
    #expect(
      try refusal(model) { $0.renamings = [.init("mask", to: "")] }
        == "invalid tensor (tensor \"\"): expected a name of 1 to 65535 bytes, found 0 bytes")
    #expect(
      try refusal(model) { $0.renamings = [.init("no", to: "a")] }.hasPrefix(
        "model: no such tensor (tensor \"no\"): expected one of \"hidden.weight\", \"hidden.bias\", \"mask\", \"empty\", found \"no\""
      ))
    #expect(
      try refusal(model) { $0.removedMetadata = ["no"] }
        == "expected a key of the metadata, one of \"note\", \"seed\", \"rates\", \"resumed\", found \"no\"")
  }

  @Test func `names are told apart by their bytes`() throws {
    let model = try Model(
      topology: nil,
      tensors: [
        Tensor(name: "caf\u{E9}", shape: [1], values: [1] as [Float]),
        Tensor(name: "cafe\u{301}", shape: [1], values: [2] as [Float]),
      ])
    let result = try edited(model) { $0.droppedTensors = ["cafe\u{301}"] }
    #expect(result.tensors.count == 1)
    #expect(result.tensors[0].floats() == [1])
  }
}
