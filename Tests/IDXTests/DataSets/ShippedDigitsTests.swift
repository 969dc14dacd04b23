import IDX
import TestSupport
import Testing

/// The sample data that the repository ships.
@Suite struct ShippedDigitsTests {
  private let path = Repository.path("samples/digits")

  @Test func theFolderIsWhatItsReadmeSays() throws {
    let folder = try IDXFolder(path: path)
    let training = try folder.training.load()
    let test = try #require(try folder.test?.load())
    #expect(training.samples.header.description == "1438 × 8 × 8 uint8")
    #expect(test.samples.header.description == "359 × 8 × 8 uint8")
    // python3: sum(gzip.open(f).read()[16:]) for images, [8:] for labels.
    #expect(training.samples.bytes.reduce(0) { $0 + Int($1) } == 7_177_859)
    #expect(test.samples.bytes.reduce(0) { $0 + Int($1) } == 1_775_942)
    #expect(training.labels.reduce(0, +) == 6308)
    #expect(test.labels.reduce(0, +) == 1762)
    #expect(Set(training.labels) == Set(0...9) && Set(test.labels) == Set(0...9))
    #expect(training.labels.prefix(8) == [0, 1, 2, 3, 5, 6, 7, 8])
    #expect(test.labels.prefix(8) == [4, 9, 4, 9, 4, 9, 6, 9])
    #expect(training.samples.bytes.max() == 255)
  }

  @Test func theyCanBeReadPieceByPiece() throws {
    var reader = try IDXReader(path: IDXFolder(path: path).training.images)
    var counts: [Int] = []
    while let batch = try reader.readItems(maximumCount: 500) { counts.append(batch.header.itemCount) }
    #expect(counts == [500, 500, 438])
    #expect(reader.deliveredItemCount == 1438)
  }
}
