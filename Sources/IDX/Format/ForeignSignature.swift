/// Names other kinds of file by their first bytes, so that a refusal can say what the file really is.
enum ForeignSignature {
  /// How many first bytes are enough to tell.
  static let byteCount = 8

  private static let known: [(bytes: [UInt8], name: String)] = [
    ([0x89, 0x4E, 0x4E, 0x4B, 0x0D, 0x0A, 0x1A, 0x0A], "an nnkit model (.nnk)"),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "a PNG image"),
    ([0xFF, 0xD8, 0xFF], "a JPEG image"),
    ([0x50, 0x4B, 0x03, 0x04], "a zip archive (.zip or .npz)"),
    ([0x93] + Array("NUMPY".utf8), "a NumPy array (.npy)"),
    ([0x89] + Array("HDF".utf8), "an HDF5 file"),
    ([0x1F, 0x8B], "a gzip file inside a gzip file"),
    (Array("BZh".utf8), "a bzip2 file"),
    ([0xFD] + Array("7zXZ".utf8), "an xz file"),
    ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard file"),
    (Array("<!".utf8), "an HTML or XML page"),
    (Array("<html".utf8), "an HTML or XML page"),
    (Array("<?xml".utf8), "an HTML or XML page"),
    (Array("version ".utf8), "a Git LFS pointer"),
  ]

  /// What a file that starts with `bytes` is: a known kind, or the bytes themselves.
  static func describe(_ bytes: [UInt8]) -> String {
    if let match = known.first(where: { bytes.starts(with: $0.bytes) }) { return match.name }
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
    return "the bytes " + digits.joined(separator: " ")
  }
}
