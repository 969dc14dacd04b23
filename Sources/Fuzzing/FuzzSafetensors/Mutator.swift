import BinaryIO
import CFuzzer
import FuzzingSupport

/// libFuzzer calls this for every mutation: mostly the header or the values alone change, and the length of the header
/// is made right.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(
  _ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: CUnsignedInt
) -> Int {
  var choices = SeededChoices(seed: seed)
  let bytes = Fuzzer.bytes(data, count)
  var reader = ByteReader(bytes)
  guard choices.below(16) > 0, let length = try? reader.readLittleEndian(UInt64.self),
    length <= UInt64(reader.remaining), var header = try? Array(reader.read(count: Int(length))),
    var values = try? Array(reader.read(count: reader.remaining))
  else { return LLVMFuzzerMutate(data, count, capacity) }
  if choices.below(8) > 0 { header = Fuzzer.mutated(header) } else { values = Fuzzer.mutated(values) }
  var writer = ByteWriter()
  writer.writeLittleEndian(UInt64(header.count))
  writer.write(header)
  writer.write(values)
  return Fuzzer.deliver(writer.bytes, to: data, count: count, capacity: capacity)
}
