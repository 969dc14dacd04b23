import BinaryIO

/// What people give us instead of a model, recognised by its first bytes, and what makes something of it that opens.
struct ForeignFile: Sendable {
  /// What it is.
  let name: String
  /// What to do; nil where there is nothing to say but that it is no model.
  let advice: String?

  init(_ name: String, _ advice: String? = nil) { (self.name, self.advice) = (name, advice) }

  private struct Signature {
    let offset: Int
    let bytes: [UInt8]
    let file: ForeignFile

    init(_ bytes: [UInt8], at offset: Int = 0, _ file: ForeignFile) {
      (self.offset, self.bytes, self.file) = (offset, bytes, file)
    }
  }

  private static let keras =
    "in Python, `import keras, numpy; m = keras.models.load_model(\"model.keras\")` and then `numpy.savez(\"model.npz\", "
    + "**{w.path: w.numpy() for w in m.weights})` make a file that opens"
  private static let tensorFlowLite =
    "in Python, `import numpy, tensorflow; i = tensorflow.lite.Interpreter(\"model.tflite\"); i.allocate_tensors()` and "
    + "then `numpy.savez(\"model.npz\", **{d[\"name\"]: i.get_tensor(d[\"index\"]) for d in i.get_tensor_details()})` make "
    + "a file that opens"
  private static let page = ForeignFile("an HTML page", "the download gave a page instead of the file: get it again")
  private static let pictures =
    "pictures are for predict and train: samples/images-to-idx.py makes IDX files from a folder of them"
  private static let table =
    "in Python, `import numpy` and then `numpy.save(\"array.npy\", numpy.loadtxt(\"table.csv\", delimiter=\",\"))` make "
    + "a file that opens"

  private static let signatures = [
    Signature(GzipReader.magic, ForeignFile("a gzip file", "decompress it first, if it holds a model")),
    Signature([0x50, 0x4B, 3, 4], ForeignFile("a zip archive that holds no model, such as .keras", keras)),
    Signature([0x89, 0x48, 0x44, 0x46], ForeignFile("an HDF5 file, such as .h5 of Keras", keras)),
    Signature(Array("TFL3".utf8), at: 4, ForeignFile("a model of TensorFlow Lite", tensorFlowLite)),
    Signature([0x89, 0x50, 0x4E, 0x47], ForeignFile("a PNG image", pictures)),
    Signature([0xFF, 0xD8, 0xFF], ForeignFile("a JPEG image", pictures)),
    Signature(Array("version http".utf8), ForeignFile("a Git LFS pointer", "fetch the file with `git lfs pull`")),
    Signature(Array("<!".utf8), page), Signature(Array("<html".utf8), page),
  ]

  /// What a file is that begins with these bytes, of which 16 are enough.
  init(startingWith bytes: [UInt8]) {
    if bytes.isEmpty {
      self.init("an empty file")
    } else if let match = ForeignFile.signatures.first(where: { bytes.dropFirst($0.offset).starts(with: $0.bytes) }) {
      self = match.file
    } else if bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, (8...14).contains(bytes[2]) {
      self.init("an IDX file")
    } else if ForeignFile.isTable(bytes.prefix(16)) {
      self.init("a table of numbers as text, such as .csv", ForeignFile.table)
    } else {
      self.init("a file that begins with \(hexadecimal(Array(bytes.prefix(FileHeader.signature.count))))")
    }
  }

  /// Whether a text begins with numbers and what stands between them.
  private static func isTable(_ bytes: ArraySlice<UInt8>) -> Bool {
    let others = Set(" \t\r\n,;.+-eE".utf8)
    let digits = bytes.filter { (0x30...0x39).contains($0) }
    let separators = bytes.filter { Set(",;\t ".utf8).contains($0) }
    let isNumeric = digits.count + bytes.count(where: others.contains) == bytes.count
    return bytes.count >= 4 && !digits.isEmpty && !separators.isEmpty && isNumeric
  }
}
