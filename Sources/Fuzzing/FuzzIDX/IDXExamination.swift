import BinaryIO
import FuzzingSupport
import IDX

/// What must hold for every file that is taken for IDX, sound or not.
struct IDXExamination {
  private let file = ScratchFile()
  private let copy = ScratchFile()

  func examine(_ bytes: [UInt8]) {
    file.write(bytes)
    let whole = read(file.path)
    let isGzip = bytes.starts(with: GzipReader.magic)
    require(same(whole, readInParts(file.path)), "read in parts, a file differs")
    if let pipe = FilledPipe(bytes) {
      require(same(whole, read(pipe.path)), "read from a pipe, a file differs: \(outcome(whole))")
    }
    guard case .success(let array) = whole else {
      if !isGzip { examineCompressed(bytes, whole) }
      return
    }
    require(array.bytes.count == array.header.byteCount, "\(array.bytes.count) bytes of \(array.header)")
    examineElements(array)
    examineWriting(array)
    // What is not compressed has one form only.
    if !isGzip { require(copy.contents() == bytes, "written again, a file has other bytes") }
  }

  private func read(_ path: String) -> Result<IDXArray, IDXError> {
    Result { () throws(IDXError) in try IDXArray(contentsOf: path) }
  }

  private func readInParts(_ path: String) -> Result<IDXArray, IDXError> {
    Result { () throws(IDXError) in
      var reader = try IDXReader(path: path)
      let header = reader.header
      var bytes: [UInt8] = []
      while let part = try reader.readItems(maximumCount: 1 + header.itemCount / 3) {
        require(part.header.elementsPerItem == header.elementsPerItem, "\(part.header) of \(header)")
        bytes += part.bytes
      }
      require(bytes.count == header.byteCount, "\(bytes.count) bytes of \(header)")
      let array = try IDXArray(contentsOf: path)
      require(array.bytes == bytes, "parts that are not the whole")
      return array
    }
  }

  /// Places and words of an error may differ between ways of reading; kinds may not.
  private func same(_ left: Result<IDXArray, IDXError>, _ right: Result<IDXArray, IDXError>) -> Bool {
    switch (left, right) {
    case (.success(let a), .success(let b)): a == b
    case (.failure(let a), .failure(let b)): a.code == b.code
    default: false
    }
  }

  private func outcome(_ result: Result<IDXArray, IDXError>) -> String {
    switch result {
    case .success(let array): "\(array.header)"
    case .failure(let error): error.description
    }
  }

  /// Damage is found inside gzip as it is without.
  private func examineCompressed(_ bytes: [UInt8], _ plain: Result<IDXArray, IDXError>) {
    var compressed: [UInt8] = []
    requireNoError("writing gzip") { () throws(GzipReader.Failure) in
      var writer: GzipWriter
      do throws(CompressionError) { writer = try GzipWriter(level: 1) } catch { throw .stream(error) }
      try bytes.withBytes { (input) throws(GzipReader.Failure) in
        try writer.write(input) { (ready) throws(FileError) in compressed += ready }
      }
      try writer.finish { (ready) throws(FileError) in compressed += ready }
    }
    file.write(compressed)
    let inflated = read(file.path)
    require(same(plain, inflated), "compressed, a file differs: \(outcome(plain)), \(outcome(inflated))")
  }

  private func examineElements(_ array: IDXArray) {
    let count = array.header.elementCount
    require(array.elements(as: Double.self).count == count, "the number of elements")
    require(array.elements(as: Float.self).count == count, "the number of elements")
    let integers = try? array.elements(as: Int.self)
    require((integers != nil) == array.header.elementType.isInteger, "integers of \(array.header)")
    if let samples = try? IDXLabeledSamples(images: array, labels: array) {
      require(samples.labels == integers, "labels that are not the elements")
    }
  }

  private func examineWriting(_ array: IDXArray) {
    requireNoError("a file that was written") { () throws(IDXError) in
      try array.write(to: copy.path, replacing: true, compression: .gzip)
      require(try IDXArray(contentsOf: copy.path) == array, "compressed and read, an array differs")
      try array.write(to: copy.path, replacing: true)
      require(try IDXArray(contentsOf: copy.path) == array, "written and read, an array differs")
    }
  }
}
