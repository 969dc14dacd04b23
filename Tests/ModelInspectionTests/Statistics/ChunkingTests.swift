import Foundation
import ModelFormat
import ModelInspection
import Testing

/// Statistics do not depend on how a file cuts a tensor into chunks.
struct ChunkingTests {
  /// Found by fuzzing: 64-bit values in chunks of two, whose sums were rounded piece by piece.
  private static let finding = """
    iU5OSw0KGgoBAAAAmB8FsUNITkshAAAAAAAAAMSTy7kCAAMAAAAAAwAAAAADAAAAAAMAAAAAfn8AAAAAAAAAAAARXiYPQ0hOSyEAAAAAAAAAxJ
    PLuQEAAwAAAAADAAAAAAMAAAAAAwAAAD9AQMAAIAAAAAAAAArFEqZDSE5LIQAAAAAAAADEk8u5AgADAAAAAAMAAAAAAwAAAAADAAAAgICBgMAA
    AAAAAAAAyYYipkNITkshAAAAAAAAAMSTy7kBAAMAAAAAAwAAAAADAAAAAAMAAABAQECQoLAAAAAAAABJCxvHQ0hOSyEAAAAAAAAAxJPLuQIAAw
    AAAAADAAAAAAMAAAAAAwAAAIGBgYCgwAAAAAAAAFYq/+BDSE5LIQAAAAAAAADEk8u5AQADAAAAAAMAAAAAAwAAAAADAAAAQEFB8AAIAAAAAAAA
    WNjjDENITkshAAAAAAAAAMSTy7kCAAMAAAAAAwAAAAADAAAAAAMAAACCgoIgMEAgAAAAAAB9/CqhQ0hOSyEAAAAAAAAAxJPLuQEAAwAAAAADAA
    AAAAMAAAAAAwAAAEFBQSgwOAAAAAAAADmBNxVDSE5LBQAAAAAAAABo//fEAAAAQEEeyYA3Q0hOSw0AAAAAAAAA3eQSFwANAQIDBAUGBwgJCgtm
    SH54SU5EWJ0AAAAAAAAAc5x/uN4AAAAAAAAAeAFblF6SmlecX1TctCQlLzE3NbE8paSyIDU5zdgotTgjsSC1iZU1KzmjNC87vjizKpUHqqoMrC
    qp1AKiqJEHWU1GcWpySWZ+XnFXc4qzh5+3hKIUv1qcIJyzTOgoF4Kj1HYSzjkuze0J5zz4rxUG5/A8vhEB5yzU+lML54iaN1pCOKxS5g0n5SBs
    XqmKOo80ANR+TaPqSwCw8gEAAAAAAAC7AgAAAAAAAOsweE1LTk6J
    """

  @Test func aTensorInSmallChunksHasTheStatisticsOfTheSameTensorInMemory() throws {
    let bytes = try #require(Data(base64Encoded: ChunkingTests.finding, options: .ignoreUnknownCharacters))
    let reader = try ModelReader(bytes: Array(bytes))
    try #require(!reader.tensors.isEmpty)
    for description in reader.tensors {
      let tensor = try reader.tensor(named: description.name)
      #expect(try TensorStatistics(of: description, in: reader, bins: 8) == TensorStatistics(of: tensor, bins: 8))
    }
  }
}
