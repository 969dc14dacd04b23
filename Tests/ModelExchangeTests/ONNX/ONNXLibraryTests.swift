import Foundation
import ModelFormat
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange

/// Files that the library of ONNX wrote, by the script `Tests/Oracles/onnx_files.py`.
struct ONNXLibraryTests {
  struct Recorded: Decodable {
    struct Tensor: Decodable {
      let name: String
      let type: String
      let shape: [Int]
      let bytes: String
    }

    struct File: Decodable {
      let file: Data
      let data: Data?
      let tensors: [Tensor]
    }

    struct Network: Decodable {
      let name: String
      let file: Data
      let layers: String
    }

    let tensors: [File]
    let unnumbered: Data
    let networks: [Network]
  }

  private let recorded: Recorded

  init() throws { recorded = try Oracle.recorded("onnx_files.json") }

  @Test func `tensors of every type and in every place are what the library says`() throws {
    for recorded in recorded.tensors {
      let folder = try TemporaryFolder()
      if let data = recorded.data { try folder.write(Array(data), to: "weights.bin") }
      let file = try ModelFiles.open(try folder.write(Array(recorded.file), to: "model.onnx"))
      #expect(file.format == .onnx)
      #expect(file.tensors.map(\.name) == recorded.tensors.map(\.name))
      for (place, tensor) in recorded.tensors.enumerated() {
        #expect(file.tensors[place].typeName == tensor.type)
        #expect(file.tensors[place].shape == tensor.shape)
        let expected = bytes(hexadecimal: tensor.bytes)
        let values = try file.values(at: place)
        #expect(values.byteCount == expected.count)
        // In ranges of every length, so that no place depends on where a read begins.
        for length in [1, 3, 4, 7, expected.count] where !expected.isEmpty {
          var read: [UInt8] = []
          for start in stride(from: 0, to: expected.count, by: length) {
            try values.withValues(in: start..<min(start + length, expected.count)) { read += Array($0) }
          }
          #expect(read == expected, "\(tensor.name), \(length) bytes at a time")
        }
      }
    }
  }

  @Test func `types without numbers are listed and carried, and texts are named`() throws {
    let file = try ModelFiles.open(bytes: Array(recorded.unnumbered))
    #expect(file.tensors.map(\.typeName) == ["c64", "c64", "c128"])
    #expect(file.tensors.allSatisfy { !$0.hasNumbers })
    #expect(throws: ModelFormatError.self) { try file.values(at: 0) }
    let expected = [1, 2, 3, -4].flatMap { ONNXBytes.little(Float($0).bitPattern) }
    for place in 0...1 {
      let bytes = try file.encodedValues(at: place).withValues(in: 0..<16) { Array($0) }
      #expect(bytes == expected)
    }
    #expect(file.metadata["onnx.text_tensors"] == ["words [2]"])
    let again = try ModelFiles.open(bytes: file.encoded(as: .onnx))
    #expect(again.tensors == file.tensors)
    #expect(try again.encodedValues(at: 1).withValues(in: 0..<16) { Array($0) } == expected)
  }

  @Test func `chains of layers are recognised`() throws {
    #expect(recorded.networks.count == 5)
    for network in recorded.networks {
      let file = try ModelFiles.open(bytes: Array(network.file))
      #expect(file.metadata["onnx.no_network"] == nil, "\(network.name)")
      #expect(file.topology?.layers.map(\.kind).joined(separator: " ") == network.layers)
      #expect(Set(file.topology?.layers.map(\.name) ?? []).count == file.topology?.layers.count)
    }
  }

  @Test func `what goes before the first layer becomes the preprocessing`() throws {
    let file = try ModelFiles.open(bytes: Array(recorded.networks[1].file))
    let preprocessing = try #require(file.topology?.preprocessing)
    #expect(abs(preprocessing.scale - 2 / 255) < 1e-9)
    #expect(preprocessing.offset == -1)
    #expect(file.topology?.inputShape == [6])
  }
}
