import FuzzingSupport

/// The inflater. An input is a size (16 bits), a place to cut at (16 bits), and a stream or what one is made of.
let gzipFile = GzipFile()

Fuzzer.run { start, count in
  let bytes = Fuzzer.bytes(start, count)
  guard bytes.count >= 4 else { return 0 }
  let size = (Int(bytes[0]) | Int(bytes[1]) << 8) % 8192
  let place = Int(bytes[2]) | Int(bytes[3]) << 8
  let content = Array(bytes[4...])
  ZlibExamination.examine(stream: content, size: size)
  ZlibExamination.examine(content: content, cutAt: place)
  LiteralExamination.examine(body: content, size: size)
  LiteralExamination.examine(content: content, flipping: [place, size &* 7 &+ 1])
  gzipFile.examine(file: content)
  gzipFile.examine(content: content, cutAt: place)
  return 0
}
