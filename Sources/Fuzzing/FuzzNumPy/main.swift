import FuzzingSupport

/// Arrays and archives of NumPy. The first byte says what the others are: a file, or the member of an archive, stored or
/// deflated, whose checksum is right.
let examination = ModelExamination()

Fuzzer.run { start, count in
  let bytes = Fuzzer.bytes(start, count)
  guard let choice = bytes.first else { return 0 }
  let rest = Array(bytes.dropFirst())
  switch choice % 3 {
  case 0: examination.examine(rest)
  case 1: examination.examine(ArchiveOfMembers.file([("a.npy", rest)], isDeflated: false))
  default: examination.examine(ArchiveOfMembers.file([("__metadata__.npy", rest), ("a.npy", rest)], isDeflated: true))
  }
  return 0
}
