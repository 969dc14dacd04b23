import IDX
import TestSupport
import Testing

/// Files that Python's `struct`, `array` and `gzip` modules write and read, as an independent oracle.
@Suite(.enabled(if: Python.isAvailable)) struct PythonTests {
  private static let table = """
    import array, gzip, struct, sys
    types = [("uint8", 0x08, "B"), ("int8", 0x09, "b"), ("int16", 0x0B, "h"), ("int32", 0x0C, "i"),
             ("float32", 0x0D, "f"), ("float64", 0x0E, "d")]

    def values(letter):
        base = {"B": 0, "b": -12, "h": -3000, "i": -300000, "f": -1.5, "d": -1e-3}[letter]
        step = {"B": 10, "b": 1, "h": 257, "i": 70001, "f": 0.3125, "d": 0.1}[letter]
        return [base + step * i for i in range(24)]

    """

  private func expected(_ base: Double, _ step: Double) -> [Double] {
    // The same two roundings, in the same order, as in the script.
    (0..<24).map { base + step * Double($0) }
  }

  private func cases() throws -> [(name: String, array: IDXArray)] {
    let shape = [4, 3, 2]
    return [
      ("uint8", try IDXArray(dimensions: shape, elements: expected(0, 10).map { UInt8($0) })),
      ("int8", try IDXArray(dimensions: shape, elements: expected(-12, 1).map { Int8($0) })),
      ("int16", try IDXArray(dimensions: shape, elements: expected(-3000, 257).map { Int16($0) })),
      ("int32", try IDXArray(dimensions: shape, elements: expected(-300_000, 70_001).map { Int32($0) })),
      ("float32", try IDXArray(dimensions: shape, elements: expected(-1.5, 0.3125).map { Float($0) })),
      ("float64", try IDXArray(dimensions: shape, elements: expected(-1e-3, 0.1))),
    ]
  }

  @Test func whatPythonWritesIsRead() throws {
    let folder = try TemporaryFolder()
    let script =
      PythonTests.table + """
        for name, code, letter in types:
            data = array.array(letter, values(letter))
            if sys.byteorder == "little":
                data.byteswap()
            content = struct.pack(">HBB3I", 0, code, 3, 4, 3, 2) + data.tobytes()
            open(name, "wb").write(content)
            with gzip.GzipFile(name + ".gz", "wb") as file:
                file.write(content)
        """
    _ = try Python.run(script, in: folder)
    for (name, array) in try cases() {
      #expect(try IDXArray(contentsOf: folder.file(name)) == array)
      #expect(try IDXArray(contentsOf: folder.file(name + ".gz")) == array)
    }
  }

  @Test func pythonReadsWhatWeWrite() throws {
    let folder = try TemporaryFolder()
    for (name, array) in try cases() {
      try array.write(to: folder.file(name), replacing: false)
      try array.write(to: folder.file(name + ".gz"), replacing: false, compression: .gzip)
    }
    let script =
      PythonTests.table + """
        for name, code, letter in types:
            for content in open(name, "rb").read(), gzip.open(name + ".gz").read():
                assert struct.unpack(">HBB3I", content[:16]) == (0, code, 3, 4, 3, 2), name
                found = list(struct.unpack(">24" + letter, content[16:]))
                assert found == list(array.array(letter, values(letter))), (name, found)
        print("same")
        """
    #expect(try Python.run(script, in: folder) == "same\n")
  }
}
