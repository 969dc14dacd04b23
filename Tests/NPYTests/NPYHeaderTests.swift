import BinaryIO
import NPY
import Testing

/// Headers of NumPy's arrays.
struct NPYHeaderTests {
  @Test func `a header has NumPy's bytes`() throws {
    // numpy.save of numpy.zeros((3, 4), dtype="<f4").
    let text =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }" + String(repeating: " ", count: 58) + "\n"
    let header = try NPYHeader(elementType: .float32, shape: [3, 4])
    #expect(header.encoded == NPYHeader.signature + [1, 0, 118, 0] + Array(text.utf8))
    #expect(try NPYHeader(header.encoded) == header)
    #expect(header.elementCount == 12 && header.byteCount == 48 && header.rowCount == 3 && header.rowByteCount == 16)
  }

  @Test(arguments: [[], [0], [7], [2, 0, 3], [5, 4, 3, 2], [Int](repeating: 1, count: 64)])
  func `any shape comes back`(_ shape: [Int]) throws {
    for type in NPYElementType.allCases {
      let header = try NPYHeader(elementType: type, shape: shape, isFortranOrder: true, isBigEndian: type.wordSize > 1)
      let bytes = header.encoded
      #expect(bytes.count % 64 == 0 && bytes.last == 0x0A)
      #expect(try NPYHeader.byteCount(start: bytes) == bytes.count)
      #expect(try NPYHeader(bytes + [1, 2, 3]) == header)
    }
  }

  @Test(arguments: [
    "{'shape': (2,), 'fortran_order': True, 'descr': '>i2'}",
    "{\"descr\":\">i2\",\"fortran_order\":True,\"shape\":(2,)}\n",
    " { 'descr' : '>i2' , 'fortran_order' : True , 'shape' : ( 2 , ) , } \t\r\n",
    "{'descr': '>i2', 'fortran_order': True, 'shape': (2L,), }",
  ])
  func `a dictionary is read as Python writes it`(_ text: String) throws {
    let expected = try NPYHeader(elementType: .int16, shape: [2], isFortranOrder: true, isBigEndian: true)
    for version: UInt8 in 1...3 { #expect(try NPYHeader(NPYBytes.header(text, version: version)) == expected) }
  }

  @Test func `rows are read from any place on, row-major and little-endian`() throws {
    // [[1, 2, 3], [4, 5, 6]] in Fortran's order, big-endian.
    let stored: [UInt8] = [0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6]
    let header = try NPYHeader(elementType: .int16, shape: [2, 3], isFortranOrder: true, isBigEndian: true)
    let expected: [UInt8] = [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0]
    for start in 0...12 {
      for end in start...12 {
        var bytes = [UInt8](repeating: 0xEE, count: end - start)
        try bytes.withMutableBytes { (buffer) throws(EndOfBytes) in
          try header.read(at: start, into: buffer) { (place, part) throws(EndOfBytes) in
            part.copyBytes(from: stored[place..<place + part.count])
          }
        }
        #expect(bytes == Array(expected[start..<end]))
      }
    }
  }

  @Test func `text is read and written`() throws {
    let bytes = NPYText.encoded("né🧠")
    #expect(bytes.count == 128 + 12)
    #expect(NPYText.isText(header: bytes))
    #expect(try NPYText(bytes)?.strings == ["né🧠"])
    #expect(try NPYText(bytes)?.isSingle == true)
    #expect(try NPYText(NPYHeader(elementType: .int8, shape: []).encoded + [1]) == nil)
    let list = NPYBytes.header("{'descr': '>U2', 'fortran_order': False, 'shape': (2,), }")
    let characters: [UInt8] = [0, 0, 0, 0x61, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x62]
    #expect(try NPYText(list + characters)?.strings == ["a", "\0b"])
  }
}
