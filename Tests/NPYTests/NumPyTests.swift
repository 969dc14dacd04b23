import NPY
import TestSupport
import Testing

/// NumPy itself as an independent oracle, in both directions.
@Suite(.enabled(if: Python.imports("numpy"))) struct NumPyTests {
  private static let table = """
    import gzip, numpy as np
    codes = ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
    def values(code):
        base = np.arange(24) * 5 - 40
        return (base % 2 if code == "b1" else np.abs(base) if code[0] == "u" else base).astype(code).reshape(4, 3, 2)

    """

  private func expected(_ type: NPYElementType) -> [Double] {
    (0..<24).map { index in
      let value = Double(index * 5 - 40)
      switch type {
      case .boolean: return index % 2 == 0 ? 0 : 1
      case .uint8, .uint16, .uint32, .uint64: return value.magnitude
      case .int8, .int16, .int32, .int64, .float16, .float32, .float64, .complex64, .complex128: return value
      }
    }
  }

  @Test func whatNumPyWritesIsRead() throws {
    let folder = try TemporaryFolder()
    let script =
      Self.table + """
        for code in codes:
            array = values(code)
            np.save(code + "-c.npy", array)
            np.save(code + "-f.npy", np.asfortranarray(array))
            np.save(code + "-b.npy", array.astype(array.dtype.newbyteorder(">")))
            np.lib.format.write_array(open(code + "-2.npy", "wb"), array, version=(2, 0))
            with gzip.open(code + "-z.npy", "wb") as file:
                np.save(file, array)
        """
    _ = try Python.run(script, in: folder)
    for type in NPYElementType.allCases {
      let plain = try NPYArray(contentsOf: folder.file("\(type.rawValue)-c.npy"))
      #expect(plain.header.elementType == type)
      #expect(plain.header.shape == [4, 3, 2])
      for other in ["f", "b", "2", "z"] {
        let array = try NPYArray(contentsOf: folder.file("\(type.rawValue)-\(other).npy"))
        #expect(array.bytes == plain.bytes, "\(type), \(other)")
      }
      guard !type.isComplex else { continue }
      #expect(try plain.elements(as: Double.self) == expected(type), "\(type)")
      #expect(try plain.elements(as: Float.self).map { Double($0) } == expected(type), "\(type)")
      guard type.isInteger else { continue }
      #expect(try plain.elements(as: Int.self).map { Double($0) } == expected(type), "\(type)")
    }
  }

  @Test func numPyReadsWhatWeWriteByteForByteAsItsOwn() throws {
    let folder = try TemporaryFolder()
    _ = try Python.run(Self.table + "for code in codes: np.save(code + '.npy', values(code))\n", in: folder)
    for type in NPYElementType.allCases {
      let array = try NPYArray(contentsOf: folder.file("\(type.rawValue).npy"))
      try array.write(to: folder.file("\(type.rawValue)-ours.npy"), replacing: false)
      #expect(try folder.read("\(type.rawValue)-ours.npy") == folder.read("\(type.rawValue).npy"), "\(type)")
    }
  }
}
