import Foundation
import TestSupport
import Testing

/// Networks of PyTorch become networks that predict what PyTorch does; `Tests/Oracles/sequential.py` made them.
struct SequentialOracleTests {
  private struct Case: Decodable {
    let network: String
    let inputShape: [Int]
    let inputs: [Float]
    let outputs: [Float]
    let safetensors: String

    enum CodingKeys: String, CodingKey {
      case network, inputs, outputs, safetensors
      case inputShape = "input_shape"
    }
  }

  private func cases() throws -> [String: Case] { try Oracle.recorded("sequential.json") }

  private static let names = ["convolutions", "dense", "names in no order", "without biases"]

  @Test func allCasesAreLookedAt() throws {
    #expect(try cases().keys.sorted() == Self.names)
  }

  @Test(arguments: names)
  func predictionsAreThoseOfPyTorch(name: String) throws {
    let example = try #require(try cases()[name])
    let folder = try TemporaryFolder()
    try folder.write(
      Array(try #require(Data(base64Encoded: example.safetensors))), to: "in.safetensors")
    let shape = example.inputShape.map(String.init).joined(separator: "x")
    let outcome = try Program.succeed(
      ["convert", "in.safetensors", "net.nnk", "--network", example.network, "--input-shape", shape], in: folder)
    #expect(outcome.errors.contains("recognised: "))
    let count = example.inputs.count / example.inputShape.reduce(1, *)
    let bytes = example.inputs.flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (24 - 8 * $0)) }
    }
    try folder.write(
      idxBytes(type: 0x0D, dimensions: ([count] + example.inputShape).map { UInt32($0) }, data: bytes), to: "inputs")
    let outputs = example.outputs.count / count
    let isClasses = example.network.hasSuffix("softmax")
    let top = isClasses ? ["--top", "\(outputs)"] : []
    let predicted = try Program.succeed(["predict", "net.nnk", "inputs"] + top, in: folder)
    let rows = predicted.outputLines.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) }.dropFirst() }
    #expect(rows.count == count)
    var largest = 0.0
    for (sample, row) in rows.enumerated() {
      let cells = Array(row)
      for place in 0..<outputs {
        let (output, value) =
          isClasses ? (Int(cells[2 * place]), cells[2 * place + 1]) : (place, cells[place])
        largest = max(largest, abs(value - Double(example.outputs[sample * outputs + output])))
      }
    }
    #expect(largest < 1e-5)
  }
}
