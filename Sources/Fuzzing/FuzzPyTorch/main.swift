import FuzzingSupport

/// Checkpoints of PyTorch. The first byte says what the others are: a file, or a pickle that a file of either form is made
/// around, with storages that it may speak of.
let examination = ModelExamination()

/// A storage of any bytes.
let storage = (0..<512).map { UInt8(truncatingIfNeeded: $0 &* 37) }

Fuzzer.run { start, count in
  let bytes = Fuzzer.bytes(start, count)
  guard let choice = bytes.first else { return 0 }
  let rest = Array(bytes.dropFirst())
  switch choice % 4 {
  case 0: examination.examine(rest)
  case 3: examination.examine(OlderForm.file(rest, storage))
  case let other:
    examination.examine(
      ArchiveOfMembers.file(
        [("m/data.pkl", rest), ("m/data/0", storage), ("m/data/1", storage)], isDeflated: other == 2))
  }
  return 0
}
