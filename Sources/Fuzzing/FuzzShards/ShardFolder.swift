import BinaryIO
import FuzzingSupport
import ModelExchange
import ModelFormat

/// A folder with two shards, of `a` and `b` and of `c`, and an index that changes from input to input.
struct ShardFolder {
  private let index = ScratchFile()
  private let examination = ModelExamination()

  init() {
    requireNoError("the shards cannot be written") { () throws(ModelFormatError) in
      let folder = FilePath.split(index.path).folder
      for (file, names) in [("x", ["a", "b"]), ("y", ["c"])] {
        var tensors: [Tensor] = []
        for name in names { tensors.append(try Tensor(name: name, shape: [2], values: [1, 2] as [Float])) }
        try Model(topology: nil, tensors: tensors).save(to: "\(folder)/\(file)", as: .safetensors)
      }
    }
  }

  /// Opens the shards by an index.
  func examine(_ bytes: [UInt8]) {
    index.write(bytes)
    let reader: any ModelFile
    do { reader = try ModelFiles.open(index.path, limits: ModelExamination.limits) } catch {
      require(!error.description.isEmpty, "an error without a message")
      return
    }
    examination.examine(reader, choice: bytes.count)
  }
}
