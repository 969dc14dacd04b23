import BinaryIO
import ModelExchange
package import ModelFormat
import ModelInspection

/// What must hold for every file that a model is read from, sound or not.
package struct ModelExamination {
  /// So small that no input can make the process large or slow.
  package static var limits: DecodingLimits {
    var limits = DecodingLimits()
    limits.tensorCount = 64
    limits.sectionCount = 128
    limits.chunkSize = 1 << 16
    limits.structuredSectionSize = 1 << 16
    limits.totalTensorSize = 1 << 16
    return limits
  }

  private let copy = ScratchFile()

  package init() {}

  /// Reads the file in every way there is, and writes what it held in every form there is.
  package func examine(_ bytes: [UInt8]) {
    let reader: any ModelFile
    do { reader = try ModelFiles.open(bytes: bytes, limits: ModelExamination.limits) } catch {
      require(!error.description.isEmpty, "an error without a message")
      return
    }
    list(reader, bytes)
    examine(reader, choice: bytes.count)
  }

  /// Reads an open file in every way there is, and writes what it held in every form there is.
  package func examine(_ reader: any ModelFile, choice: Int) {
    let errors = reader.errors(threads: 1)
    let model: Model
    do { model = try reader.model(threads: 1) } catch {
      let hasNumbers = reader.tensors.allSatisfy(\.hasNumbers)
      require(!errors.isEmpty || (!hasNumbers && error.code == .unsupported), "verified, but not loaded: \(error)")
      if errors.isEmpty { compare(reader) }
      return
    }
    // Verification alone looks at the values of booleans.
    let others = errors.filter { $0.code != .invalidTensor }
    require(others.isEmpty, "loaded, but not verified: \(others)")
    for (tensor, description) in zip(model.tensors, reader.tensors) { examine(tensor, description, reader) }
    compare(reader)
    let compression = Compression.allCases[choice % Compression.allCases.count]
    examineSaving(model, reader, compression)
    examineSafetensors(model, reader)
    examineNumPy(model)
  }

  private func list(_ reader: any ModelFile, _ bytes: [UInt8]) {
    let stored = reader.tensors.reduce(0) { $0 + reader.storedByteCount(of: $1) }
    require(stored <= bytes.count, "tensors of \(stored) bytes in \(bytes.count)")
    var start = ByteReader(bytes)
    if reader.format == .safetensors, let length = (try? start.readBigEndian(UInt64.self))?.byteSwapped {
      // After its header the file holds values and nothing else, each byte of one tensor.
      require(stored == start.remaining - Int(length), "tensors of \(stored) bytes after a header of \(length)")
    }
    for type in reader.unknownSectionTypes {
      require(!type.isRequired, "an unknown required section: \(type)")
    }
    for finding in StructuralCheck.findings(topology: reader.topology, tensors: reader.tensors) {
      require(!finding.message.isEmpty, "a finding without a message at \(finding.place)")
    }
  }

  private func examine(_ tensor: Tensor, _ description: TensorDescription, _ reader: any ModelFile) {
    requireNoError("a tensor of a loaded model") { () throws(ModelFormatError) in
      require(tensor.description == description.decoded, "\(tensor.description), listed as \(description)")
      require(try reader.tensor(named: tensor.name) == tensor, "\(tensor.name) differs when it is loaded alone")
      require(tensor.floats().count == tensor.count, "\(tensor.name) has another number of values")
      let statistics = try TensorStatistics(of: tensor, bins: 8)
      let pieces = try TensorStatistics(of: description, in: reader, bins: 8)
      // Those of stored blocks are about the blocks in part.
      require(pieces == statistics || description.encoding != nil, "\(tensor.name) in pieces")
      require((statistics.mean ?? 0).isFinite, "the mean of \(tensor.name) is \(statistics.mean ?? 0)")
      require(statistics.standardDeviation ?? 0 >= 0, "the deviation of \(tensor.name)")
      require(statistics.l2Norm >= 0, "the norm of \(tensor.name) is \(statistics.l2Norm)")
      let counted = statistics.histogram?.counts.reduce(0, +) ?? 0
      require(counted == statistics.finite, "a histogram of \(counted) of \(statistics.finite) values")
    }
  }

  private func compare(_ reader: any ModelFile) {
    requireNoError("a comparison of a loaded model") { () throws(ModelFormatError) in
      let difference = try ModelDifference(reader, reader)
      require(difference.isSame, "a model differs from itself: \(difference)")
    }
  }

  private func examineSaving(_ model: Model, _ reader: any ModelFile, _ compression: Compression) {
    requireNoError("saving a loaded model") { () throws(ModelFormatError) in
      let encoded = try model.encoded(compression: compression, threads: 1)
      let again = try ModelFiles.open(bytes: encoded)
      let reloaded = try again.model(threads: 1)
      require(reloaded == model, "saved as \(compression) and loaded, a model differs")
      require(try reloaded.encoded(compression: compression, threads: 2) == encoded, "saved twice, bytes differ")
      require(again.format == .nnk && again.fileSize == encoded.count, "a file of \(encoded.count) bytes")
      let difference = try ModelDifference(reader, again)
      let isEncoded = reader.tensors.contains { $0.encoding != nil }
      require(difference.isSame || isEncoded, "a saved model differs: \(difference)")
      try reader.save(to: copy.path, compression: compression, threads: 1)
      require(copy.contents() == encoded, "copied as \(compression), a file differs from the saved model")
    }
  }

  /// Safetensors has no place for the training state and for unknown sections; all else must come back.
  private func examineSafetensors(_ model: Model, _ reader: any ModelFile) {
    let encoded: [UInt8]
    do { encoded = try reader.encoded(as: .safetensors) } catch {
      require(error.code == .invalidTensor && error.tensor == "__metadata__", "not written as safetensors: \(error)")
      return
    }
    requireNoError("a model written as safetensors") { () throws(ModelFormatError) in
      let again = try ModelFiles.open(bytes: encoded)
      let expected = try Model(
        topology: model.topology, tensors: model.tensors, history: model.history, metadata: model.metadata)
      let reloaded = try again.model(threads: 1)
      require(reloaded == expected, "written as safetensors and loaded, a model differs")
      require(try reloaded.encoded(threads: 1) == expected.encoded(threads: 1), "safetensors changed a text")
      require(try again.encoded(as: .safetensors) == encoded, "written as safetensors twice, bytes differ")
    }
  }

  /// NumPy has no place for the training state, and no bf16; all else must come back.
  private func examineNumPy(_ model: Model) {
    let encoded: [UInt8]
    do { encoded = try model.encoded(as: .numPyArchive, compression: .fast, threads: 1) } catch {
      require(error.code == .invalidTensor, "not written as npz: \(error)")
      return
    }
    requireNoError("a model written as npz") { () throws(ModelFormatError) in
      let again = try ModelFiles.open(bytes: encoded)
      let reloaded = try again.model(threads: 1)
      require(reloaded.topology == model.topology && reloaded.metadata == model.metadata, "npz changed a text")
      require(reloaded.history == model.history && reloaded.tensors.count == model.tensors.count, "npz lost something")
      for (tensor, original) in zip(reloaded.tensors, model.tensors) {
        let isWidened = original.dataType == .bfloat16
        require(isWidened ? tensor.shape == original.shape : tensor == original, "npz changed \(original.name)")
      }
      require(
        try again.encoded(as: .numPyArchive, compression: .fast, threads: 2) == encoded, "written twice, bytes differ")
    }
  }
}
