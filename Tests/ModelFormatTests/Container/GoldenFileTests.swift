import BinaryIO
import ModelSamples
import Testing

@testable import ModelFormat

/// A file that was committed once.
///
/// A file of version 1.0 as it was committed: whatever changes, it must be read as this model.
///
/// A script wrote it from the tables of the format. Its structured sections and one of its byte planes are zlib streams
/// without compression, so that any zlib writes the same bytes, and their text can be read in the digits. Every coding of
/// chunks and every method of planes is in it.
struct GoldenFileTests {
  private static let file = bytes(
    hexadecimal: """
      894e4e4b0d0a1a0a01000000981f05b1544f504fcc00000000000000d3522e94b900000000000000780101b90046ffa4646c
      6f73736d737175617265642d6572726f72666c617965727381a5646b696e6466616666696e65646e616d65656c617965726a
      61747472696275746573a1626c32fb3fd00000000000006a706172616d657465727381a264726f6c65667765696768746674
      656e736f7261776c6f75747075745f736861706581016b696e7075745f736861706581026d70726570726f63657373696e67
      a2657363616c65fb3fe0000000000000666f6666736574fbbff00000000000008e6f4947e3bc1aa86d455441240000000000
      0000fe431d6e11000000000000007801011100eeffa26473656564076474616773836161f5203f3b071ce7e14cbe68495354
      40000000000000002f148eac2d000000000000007801012d00d2ffa167636f6c756d6e7381a2646e616d65646c6f73736676
      616c75657350000000000000f83f000000000000f07f9a8c0f430b7d45c5745253541a00000000000000d318adec07000000
      000000007801010700f8ffa164737465700c0cf002ce243232c243484e4b090000000000000027ea5893000000803f000000
      c091edac4043484e4b330000000000000092a555870201110000000006000000020100000000060000007801010600f9ff7e
      7e7e807f800a6602fa000080000080000001000100005cad059443484e4b100000000000000027c0acf00102010000000004
      0000000001020304feffcebd43484e4b070000000000000015f8d2860000000000003ed5c20d5c494e445871010000000000
      00e9a777ca5e010000000000007801015e01a1fea36774656e736f727384a4646e616d656177647479706563663332657368
      6170658202016a6368756e6b5f73697a651a00100000a4646e616d65646e6f6e656474797065646266313665736861706581
      006a6368756e6b5f73697a651a00100000a4646e616d6566706c616e65736474797065636633326573686170658202036a63
      68756e6b5f73697a651a00100000a4646e616d6568696e74656765727364747970656369313665736861706581046a636875
      6e6b5f73697a65086873656374696f6e73888364544f504f18cc1aa81abce383646d45544118241abe4ce1e7836468495354
      18401ac5457d0b836474525354181a1ac2323224836443484e4b091a40aced91836443484e4b18331a9405ad5c836443484e
      4b101abdcefffe836443484e4b071a5c0dc2d56d73746174655f74656e736f727381a4646e616d6561776474797065636633
      32657368617065806a6368756e6b5f73697a6504dd15845b2cb3b31e4d02000000000000ea03000000000000536df1404b4e
      4e89
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
        Tensor(name: "planes", shape: [2, 3], values: [0.5, -0.5, 0.75, -2, 1, 3] as [Float]),
        Tensor(
          TensorDescription(name: "integers", dataType: .int16, shape: [4]), bytes: [1, 0, 2, 0, 3, 0, 4, 0]),
      ],
      history: TrainingHistory(columns: [TrainingHistory.Column(name: "loss", values: [1.5, .infinity])]),
      metadata: ["seed": 7, "tags": ["a", true, -1]],
      trainingState: TrainingState(
        values: ["step": 12], tensors: [Tensor(name: "w", shape: [], values: [0.125] as [Float])]))
  }

  @Test func itIsReadAsTheModelThatItHolds() throws {
    #expect(GoldenFileTests.file.count == 1002)
    let reader = try ModelReader(bytes: GoldenFileTests.file)
    #expect(reader.version == FormatVersion(major: 1, minor: 0))
    #expect(try reader.model() == GoldenFileTests.model())
  }

  /// The encoder writes the same sections in the same order, but for their compression.
  @Test func theEncoderWritesTheSameSectionsInTheSameOrder() throws {
    let golden = try sections(GoldenFileTests.file)
    let written = try sections(try GoldenFileTests.model().encoded())
    #expect(golden.map(\.type) == ["TOPO", "mETA", "hIST", "tRST", "CHNK", "CHNK", "CHNK", "CHNK"])
    #expect(written.map(\.type) == ["TOPO", "mETA", "hIST", "tRST", "CHNK", "CHNK", "CHNK", "CHNK"])
    #expect(written.prefix(5).map(\.content) == golden.prefix(5).map(\.content))
  }

  /// What the sections hold, inflated where they are structured.
  private func sections(_ file: [UInt8]) throws -> [(type: String, content: [UInt8])] {
    let container = try ContainerReader(MemorySource(file, name: "golden"), limits: DecodingLimits())
    return try container.index.sections.map { entry in
      let payload = try container.payload(of: entry)
      let isStructured = entry.type != .chunk
      return (
        entry.type.description,
        isStructured ? try StructuredPayload.decode(payload, limits: DecodingLimits()).tree.encoded() : payload
      )
    }
  }
}
