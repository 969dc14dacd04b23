import BinaryIO
import ModelFormat
import NPY

/// An `.npy` file, opened: one tensor, whose values have not been read.
struct NumPyArrayFile: ModelFile {
  /// The name of the tensor, whatever the name of the file: so two files with an array each can be compared.
  static let tensorName = "array"

  private let source: any RandomAccessSource
  private let array: NumPyArray

  let contents: ModelContents

  var name: String { source.name }
  var format: FileFormat { .numPyArray }
  var fileSize: Int { source.byteCount }

  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    self.source = source
    let headerBytes = try NumPyArray.headerBytes { (count) throws(ModelFormatError) in
      try source.bytes(at: 0, count: min(count, source.byteCount))
    }
    array = try NumPyArray(
      named: NumPyArrayFile.tensorName, FileRegion(source, at: 0, byteCount: source.byteCount),
      headerBytes: headerBytes)
    var allowance = TensorAllowance(limits)
    try allowance.add(array.description)
    contents = try ModelContents(tensors: [array.description])
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues { try array.values() }

  func encodedValues(at place: Int) -> any TensorValues { array.encodedValues() }

  func storedByteCount(at place: Int) -> Int { array.description.encodedByteCount }
}
