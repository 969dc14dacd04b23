import NPY
import TestSupport

/// Files written by hand.
enum NPYBytes {
  /// A file with this dictionary, padded as NumPy pads it, and these elements.
  static func file(_ dictionary: String, _ elements: [UInt8] = [], version: (UInt8, UInt8) = (1, 0)) -> [UInt8] {
    let text = Array(dictionary.utf8)
    let prefix = version.0 == 1 ? 10 : 12
    let padding = 63 - (prefix + text.count) % 64
    let length = text.count + padding + 1
    var bytes = NPYHeader.signature + [version.0, version.1, UInt8(length & 255), UInt8(length >> 8 & 255)]
    if version.0 != 1 { bytes += [UInt8(length >> 16 & 255), UInt8(length >> 24 & 255)] }
    return bytes + text + [UInt8](repeating: 0x20, count: padding) + [0x0A] + elements
  }

  static func dictionary(_ type: String, _ shape: String, fortran: Bool = false) -> String {
    "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }"
  }

  /// The error that reading a file of these bytes ends with; nil if it is read.
  static func error(_ bytes: [UInt8]) throws -> NPYError? {
    let folder = try TemporaryFolder()
    try folder.write(bytes, to: "array.npy")
    do throws(NPYError) {
      _ = try NPYArray(contentsOf: folder.file("array.npy"))
      return nil
    } catch { return error }
  }
}
