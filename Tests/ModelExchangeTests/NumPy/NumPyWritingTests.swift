import BinaryIO
import ModelSamples
import NPY
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// Archives of NumPy that are written hold the whole model, and nothing that NumPy would have to unpickle.
struct NumPyWritingTests {
  @Test(arguments: Compression.allCases)
  func `a model comes back whole`(_ compression: Compression) throws {
    let model = try SampleModels.complete()
    let bytes = try model.encoded(as: .numPyArchive, compression: compression, threads: 1)
    let reader = try ModelFiles.open(bytes: bytes)
    #expect(reader.format == .numPyArchive && reader.errors().isEmpty)
    let expected = try Model(
      topology: model.topology, tensors: model.tensors, history: model.history, metadata: model.metadata)
    #expect(try reader.model() == expected)
    #expect(try reader.encoded(as: .numPyArchive, compression: compression, threads: 3) == bytes)
    #expect((compression == .none) == (bytes.count > 2000))
  }

  @Test(arguments: 0..<6)
  func `random models come back, bf16 as f32`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(500 + seed))
    let sample = try SampleModels.random(&random)
    // NumPy would cut names off at NUL.
    let tensors = try sample.tensors.enumerated().map { (place, tensor) in
      let name = "\(place)" + tensor.name.replacing("\0", with: "")
      return try Tensor(
        TensorDescription(name: name, dataType: tensor.dataType, shape: tensor.shape), bytes: tensor.bytes)
    }
    let model = try Model(topology: nil, tensors: tensors, history: sample.history, metadata: sample.metadata)
    let bytes = try model.encoded(as: .numPyArchive)
    let again = try ModelFiles.open(bytes: bytes).model()
    #expect(again.metadata == model.metadata && again.history == model.history)
    #expect(again.tensors.map(\.name) == model.tensors.map(\.name))
    for (tensor, original) in zip(again.tensors, model.tensors) {
      if original.dataType == .bfloat16 {
        #expect(
          tensor.dataType == .float32
            && tensor.floats().elementsEqual(original.floats()) { $0.bitPattern == $1.bitPattern })
      } else {
        #expect(tensor == original)
      }
    }
    #expect(try ModelFiles.open(bytes: bytes).encoded(as: .numPyArchive) == bytes)
  }

  @Test func `the bytes do not depend on threads or on how the source is cut`() throws {
    var random = SplitMix64(seed: 9)
    let tensor = try Tensor(
      TensorDescription(name: "w", dataType: .bfloat16, shape: [1_300_000]), bytes: random.bytes(2_600_000))
    let model = try Model(topology: nil, tensors: [tensor])
    let bytes = try model.encoded(as: .numPyArchive, threads: 1)
    let isSame = try ModelFiles.open(bytes: try model.encoded()).encoded(as: .numPyArchive, threads: 4) == bytes
    #expect(isSame)
    let again = try ModelFiles.open(bytes: bytes).tensor(named: "w")
    let isRight = again.floats().elementsEqual(tensor.floats()) { $0.bitPattern == $1.bitPattern }
    #expect(isRight)
  }

  @Test func `types that NumPy has are kept as they are`() throws {
    for file in NumPyOracleTests.files where file.title.hasSuffix("every type") {
      let reader = try ModelFiles.open(bytes: file.bytes)
      let again = try ModelFiles.open(bytes: try reader.encoded(as: .numPyArchive))
      #expect(try RecordedFile.tensors(again) == file.tensors)
      #expect(FileFormat.numPyArchive.losses(of: reader, savedTo: "x.npz").isEmpty)
    }
  }

  @Test func `what has no numbers and no place in NumPy is refused by name`() throws {
    let file = try #require(TorchOracleTests.files.first { $0.title == "quantised tensors" })
    let error = try #require(throws: ModelFormatError.self) {
      try ModelFiles.open(bytes: file.bytes).encoded(as: .numPyArchive)
    }
    #expect(error.code == .unsupported && error.tensor == "q" && error.found == "qint8")
  }

  static let names: [(names: [String], expected: String)] = [
    (["__metadata__"], "a name that nnkit does not use itself in .npz"),
    (["a\0b"], "a name without NUL, where NumPy would cut it off"),
    ([String(repeating: "n", count: 65_532)], "a name of at most 65531 bytes in .npz"),
    (["x", "x.npy"], "no other tensor of that name with .npy after it, which NumPy would take for this one"),
  ]

  @Test(arguments: names)
  func `names that NumPy would mistake are refused`(_ names: [String], _ expected: String) throws {
    let model = try Model(
      topology: nil, tensors: try names.map { try Tensor(name: $0, shape: [], values: [1] as [Float]) })
    let error = try #require(throws: ModelFormatError.self) { try model.encoded(as: .numPyArchive) }
    #expect(error.code == .invalidTensor && error.expected == expected && error.tensor == names[0])
    #expect(error.advice == "convert the model to .nnk or .safetensors, or rename the tensor")
  }

  @Test func `notes say what is otherwise in the file`() throws {
    let tensor = try Tensor(TensorDescription(name: "w", dataType: .bfloat16, shape: [1]), bytes: [0, 0x3F])
    let model = try ModelFiles.open(bytes: try Model(topology: SampleModels.topology(), tensors: [tensor]).encoded())
    #expect(
      FileFormat.numPyArchive.notes(on: model.contents) == [
        "NumPy has no bf16: a tensor of it is stored as f32, exactly; topology and history are JSON in the array "
          + "__metadata__, where nnkit finds them again"
      ])
    #expect(FileFormat.numPyArchive.notes(on: try ModelContents(tensors: [])) == [])
  }

  @Test(.enabled(if: Python.imports("numpy")), arguments: [Compression.none, .default])
  func `NumPy reads it bit for bit and without pickling`(_ compression: Compression) throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64(seed: 77)
    var tensors = try SampleModels.random(&random).tensors.filter {
      $0.dataType != .bfloat16 && !$0.name.utf8.contains(0)
    }
    tensors.append(try Tensor(name: "größe/🧠 a", shape: [2, 2], values: [1, 2, 3, 4] as [Float]))
    let model = try Model(topology: SampleModels.topology(), tensors: tensors, metadata: ["k": "é"])
    try model.save(to: folder.file("model.npz"), as: .numPyArchive, compression: compression)
    let listing = try Python.run(
      """
      import json, zipfile, numpy
      assert zipfile.ZipFile("model.npz").testzip() is None
      with numpy.load("model.npz", allow_pickle=False) as file:
          for name in file.files:
              value = file[name]
              if name == "__metadata__":
                  print(sorted(json.loads(value.item())))
              else:
                  print(name.encode().hex(), value.dtype.str, list(value.shape), value.tobytes().hex() or "-")
      """, in: folder)
    let expected = try tensors.map { tensor in
      let type = try #require(NPYElementType(tensor.dataType))
      let bytes = hexadecimalText(tensor.bytes)
      return "\(hexadecimalText(tensor.name.utf8)) \(type.wordSize == 1 ? "|" : "<")\(type.rawValue) \(tensor.shape) "
        + (bytes.isEmpty ? "-" : bytes)
    }
    #expect(listing.split(separator: "\n").map(String.init) == expected + ["['k', 'nnkit.topology']"])
  }
}
