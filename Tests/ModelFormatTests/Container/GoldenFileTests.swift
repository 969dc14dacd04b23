import BinaryIO
import Testing

@testable import ModelFormat

/// A file of version 0.1 as it was committed: whatever changes, it must be read as this model.
///
/// Its structured sections are stored in DEFLATE blocks without compression, so that any zlib writes the same bytes,
/// and their text can be read in the digits.
@Suite("A file that was committed once")
struct GoldenFileTests {
  private static let file = bytes(
    hexadecimal: """
      894e4e4b0d0a1a0a00000100bc49a210544f504fcc00000000000000d3522e94b900000000000000780101b90046ffa4646c
      6f73736d737175617265642d6572726f72666c617965727381a5646b696e6466616666696e65646e616d65656c617965726a
      61747472696275746573a1626c32fb3fd00000000000006a706172616d657465727381a264726f6c65667765696768746674
      656e736f7261776c6f75747075745f736861706581016b696e7075745f736861706581026d70726570726f63657373696e67
      a2657363616c65fb3fe0000000000000666f6666736574fbbff00000000000008e6f4947e3bc1aa86d455441240000000000
      0000fe431d6e11000000000000007801011100eeffa26473656564076474616773836161f5203f3b071ce7e14cbe68495354
      40000000000000002f148eac2d000000000000007801012d00d2ffa167636f6c756d6e7381a2646e616d65646c6f73736676
      616c75657350000000000000f83f000000000000f07f9a8c0f430b7d45c543484e4b090000000000000027ea589300000080
      3f000000c091edac40494e4458a10000000000000041da1d6a8e000000000000007801018e0071ffa36774656e736f727382
      a3646e616d656177647479706563663332657368617065820201a3646e616d65646e6f6e6564747970656462663136657368
      61706581006873656374696f6e73848364544f504f18cc1aa81abce383646d45544118241abe4ce1e783646849535418401a
      c5457d0b836443484e4b091a40aced916a6368756e6b5f73697a651a00100000efec36aa4998865499010000000000006602
      0000000000001cf5fab34b4e4e89
      """)

  private static func model() throws -> Model {
    try Model(
      topology: Topology(
        inputShape: [2], preprocessing: Preprocessing(scale: 0.5, offset: -1),
        layers: [
          LayerDescription(
            kind: "affine", name: "layer", outputShape: [1], attributes: ["l2": 0.25],
            parameters: [LayerDescription.Parameter(role: "weight", tensor: "w")])
        ], loss: "squared-error"),
      tensors: [
        Tensor(name: "w", shape: [2, 1], values: [1, -2] as [Float]),
        Tensor(TensorDescription(name: "none", dataType: .bfloat16, shape: [0]), bytes: []),
      ],
      history: TrainingHistory(columns: [TrainingHistory.Column(name: "loss", values: [1.5, .infinity])]),
      metadata: ["seed": 7, "tags": ["a", true, -1]])
  }

  @Test("It is read as the model that it holds")
  func reads() throws {
    #expect(GoldenFileTests.file.count == 614)
    let reader = try ModelReader(bytes: GoldenFileTests.file)
    #expect(reader.version == FormatVersion(major: 0, minor: 1))
    #expect(try reader.model() == GoldenFileTests.model())
  }

  @Test("The encoder writes the same sections in the same order, but for their compression")
  func writes() throws {
    let golden = try sections(GoldenFileTests.file)
    let written = try sections(try GoldenFileTests.model().encoded())
    #expect(golden.map(\.type) == ["TOPO", "mETA", "hIST", "CHNK"])
    #expect(written.map(\.type) == golden.map(\.type))
    #expect(written.map(\.content) == golden.map(\.content))
  }

  /// What the sections hold, inflated where they are structured.
  private func sections(_ file: [UInt8]) throws -> [(type: String, content: [UInt8])] {
    let container = try ContainerReader(MemorySource(file, name: "golden"), limits: DecodingLimits())
    return try container.index.sections.map { entry in
      let payload = try container.payload(of: entry)
      let isStructured = entry.type != .chunk
      return (
        entry.type.description,
        isStructured ? try StructuredPayload.decode(payload, limits: DecodingLimits()).encoded() : payload
      )
    }
  }
}
