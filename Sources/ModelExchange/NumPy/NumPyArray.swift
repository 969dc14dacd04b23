import BinaryIO
import ModelFormat
import NPY

/// An array as NumPy stores it: a header, and elements after it that fill the region.
struct NumPyArray: Sendable {
  let description: TensorDescription
  private let region: any ByteRegion
  private let header: NPYHeader
  /// Where the elements begin.
  private let start: Int

  /// - Parameters:
  ///   - name: what the tensor is called.
  ///   - region: header and elements.
  ///   - headerBytes: the beginning of the region, with all of the header.
  init(
    named name: String, _ region: any ByteRegion, headerBytes: [UInt8]
  ) throws(ModelFormatError) {
    self.region = region
    do throws(NPYError) {
      start = try NPYHeader.byteCount(start: headerBytes)
      header = try NPYHeader(headerBytes)
    } catch { throw ModelFormatError(error).at(tensor: name) }
    description = try header.elementType.element.description(named: name, shape: header.shape)
    let found = region.byteCount - start
    guard found == header.byteCount else {
      throw ModelFormatError(
        found < header.byteCount ? .truncated : .trailingBytes, tensor: name,
        expected: "\(header.byteCount) bytes of elements", found: "\(found)",
        advice: found < header.byteCount
          ? nil : "the file is damaged, or holds several arrays: save them together with numpy.savez")
    }
  }

  /// How many bytes of the beginning are read at first: as many as nearly all headers have.
  static let usualHeaderSize = 128

  /// The bytes that a header needs, read by `read` from the beginning.
  static func headerBytes(
    _ read: (_ count: Int) throws(ModelFormatError) -> [UInt8]
  ) throws(ModelFormatError) -> [UInt8] {
    let bytes = try read(usualHeaderSize)
    let size: Int
    do throws(NPYError) { size = try NPYHeader.byteCount(start: bytes) } catch { throw ModelFormatError(error) }
    return size <= bytes.count ? bytes : try read(size)
  }

  private var arrangement: Arrangement {
    Arrangement(
      region: region, start: start, layout: header.layout,
      wordSize: header.isBigEndian ? header.elementType.wordSize : 1)
  }

  func values() throws(ModelFormatError) -> any TensorValues {
    try header.elementType.element.values(
      of: description, arrangement,
      advice: "convert the model to .npz, which keeps such tensors, or leave the tensor out")
  }

  func encodedValues() -> any TensorValues { header.elementType.element.encodedValues(of: description, arrangement) }
}

extension ModelFormatError {
  /// What is wrong with the header of an array.
  init(_ error: NPYError) {
    let code: Code =
      switch error.code {
      case .notNPY, .invalidHeader, .invalidText: .malformedValue
      case .unsupportedVersion, .unsupportedType: .unsupported
      case .headerTooLong: .limitExceeded
      case .dimensionOverflow: .invalidTensor
      case .truncatedHeader: .truncated
      }
    self.init(
      code, section: "header", offset: error.offset, expected: error.expected, found: error.found, advice: error.advice)
  }
}
