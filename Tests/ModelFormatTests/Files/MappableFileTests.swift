import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// Without compression, values can be used where they are in the file.
struct MappableFileTests {
  /// Where the values of each tensor are, by the documented layout: at the end of its only chunk.
  private func places(_ bytes: [UInt8]) throws -> [(tensor: TensorDescription, start: Int)] {
    let container = try ContainerReader(MemorySource(bytes, name: "file"), limits: DecodingLimits())
    let chunks = container.index.sections.filter { $0.type == .chunk }
    let tensors = (container.index.tensors + container.index.stateTensors).map(\.description).filter { $0.count > 0 }
    try #require(chunks.count == tensors.count)
    return zip(tensors, chunks).map { ($0, $1.offset + 16 + $1.length - $0.byteCount) }
  }

  @Test(arguments: 0..<20)
  func valuesStartAtAMultipleOf64AfterAsFewZeroBytesAsThatTakes(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(600 + seed))
    let model = try SampleModels.random(&random)
    let bytes = try model.encoded(compression: .none)
    let tensors = (model.tensors + (model.trainingState?.tensors ?? [])).filter { $0.count > 0 }
    for (place, tensor) in zip(try places(bytes), tensors) {
      #expect(place.start % 64 == 0)
      #expect(Array(bytes[place.start..<place.start + tensor.bytes.count]) == tensor.bytes)
    }
    let container = try ContainerReader(MemorySource(bytes, name: "file"), limits: DecodingLimits())
    for (chunk, tensor) in zip(container.index.sections.filter { $0.type == .chunk }, tensors) {
      let padding = chunk.length - 1 - tensor.bytes.count
      #expect((0..<64).contains(padding))
      #expect(bytes[chunk.offset + 16..<chunk.offset + 17 + padding].allSatisfy { $0 == 0 })
    }
  }

  @Test func eachTensorHasOneChunkHoweverLargeItIs() throws {
    var random = SplitMix64(seed: 33)
    let bytes = Values.noise(3 * TensorChunk.size + 8, &random)
    let tensor = try Tensor(
      TensorDescription(name: "large", dataType: .float64, shape: [bytes.count / 8]), bytes: bytes)
    let file = try Model(topology: nil, tensors: [tensor]).encoded(compression: .none)
    let places = try places(file)
    #expect(places.count == 1)
    #expect(places[0].start % 64 == 0)
    let same = Array(file[places[0].start..<places[0].start + bytes.count]) == bytes
    #expect(same)
  }

  @Test(.enabled(if: Python.isAvailable))
  func pythonMapsTheFileAndUnpacksTheValuesAtTheirPlaces() throws {
    let folder = try TemporaryFolder()
    let floats: [Float] = [1, -2.5, .infinity, 0.1, -0.0]
    let doubles: [Double] = [1e300, -1e-300, 0.1]
    let integers: [Int16] = [1, -2, .max, .min]
    let model = try Model(
      topology: SampleModels.topology(),
      tensors: [
        Tensor(name: "floats", shape: [5], values: floats), Tensor(name: "doubles", shape: [3], values: doubles),
        Tensor(
          TensorDescription(name: "integers", dataType: .int16, shape: [4]), bytes: Values.bytes(integers)),
      ])
    try model.save(to: folder.file("model.nnk"), compression: .none)
    let starts = try places(folder.read("model.nnk")).map(\.start)
    let script = """
      import mmap, struct
      with open("model.nnk", "rb") as file:
          data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
      for form, start in zip(("<5f", "<3d", "<4h"), \(starts)):
          assert start % 64 == 0
          print(*(x.hex() if isinstance(x, float) else x for x in struct.unpack_from(form, data, start)))
      floats = memoryview(data)[\(starts[0]):\(starts[0]) + 20].cast("f")
      assert floats.tolist()[1] == -2.5
      """
    let lines = try Python.run(script, in: folder).split(separator: "\n")
    #expect(
      lines == [
        "0x1.0000000000000p+0 -0x1.4000000000000p+1 inf 0x1.99999a0000000p-4 -0x0.0p+0",
        "0x1.7e43c8800759cp+996 -0x1.56e1fc2f8f359p-997 0x1.999999999999ap-4", "1 -2 32767 -32768",
      ])
  }

  @Test func aFlippedBitInALargeRawChunkIsFoundBeforeAnyValueIsHandedOut() throws {
    var random = SplitMix64(seed: 34)
    let count = 2 * TensorChunk.size + 24
    let tensor = try Tensor(
      TensorDescription(name: "large", dataType: .uint8, shape: [count]), bytes: Values.noise(count, &random))
    let sound = try Model(topology: nil, tensors: [tensor]).encoded(compression: .none)
    let chunk = try #require(
      try ContainerReader(MemorySource(sound, name: ""), limits: DecodingLimits()).index.sections.first)
    let end = chunk.offset + chunk.length + 20
    // Header, coding, padding, first, middle and last value, checksum.
    let positions = [
      chunk.offset, chunk.offset + 5, chunk.offset + 13, chunk.offset + 16, chunk.offset + 17, end - 4 - count,
      end - 5 - count / 2, end - 5, end - 4, end - 1,
    ]
    for position in positions {
      for bit: UInt8 in [0x01, 0x80] {
        var damaged = sound
        damaged[position] ^= bit
        let reader = try ModelReader(bytes: damaged)
        let error = try #require(throws: ModelFormatError.self) {
          _ = try reader.values(of: reader.tensors[0], in: reader.contents)
        }
        #expect(error.code == .checksumMismatch, "\(error)")
        #expect(error.section == "CHNK" && error.tensor == "large" && error.offset == chunk.offset)
        #expect(throws: error) { _ = try reader.tensor(named: "large") }
        #expect(throws: error) { _ = try reader.model() }
      }
    }
  }

  /// Opening a file of large raw values reads none of them; its values are then read piece by piece.
  @Test func openingAFileOfLargeRawValuesReadsNoneOfThem() throws {
    var random = SplitMix64(seed: 35)
    let count = 5 * TensorChunk.size
    let tensor = try Tensor(
      TensorDescription(name: "large", dataType: .uint8, shape: [count]), bytes: Values.noise(count, &random))
    let source = CountingSource(try Model(topology: nil, tensors: [tensor]).encoded(compression: .none))
    let reader = try ModelReader(source)
    #expect(source.bytesRead < 500)
    _ = try reader.tensor(named: "large")
    #expect(source.reads.allSatisfy { $0.count <= TensorChunk.size })
  }
}
