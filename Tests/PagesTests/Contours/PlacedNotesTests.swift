import TestSupport
import Testing

@testable import Pages

struct PlacedNotesTests {
  private let square = DrawingBox(x: 72...672, y: 18...618)

  private func note(_ text: String, _ x: Double, _ y: Double) -> PlacedNotes.Note {
    PlacedNotes.Note(text: text, point: DrawingPoint(x: x, y: y), radius: 7)
  }

  @Test func wordsOfMarksThatAreFarApartStandToTheRight() {
    let notes = PlacedNotes([note("model 1.208", 300, 300), note("least 1.20", 500, 100)], in: square, avoiding: [])
    #expect(notes.placements.map(\.text) == ["model 1.208", "least 1.20"])
    #expect(notes.placements.allSatisfy { $0.anchor == .start })
    #expect(notes.placements[0].box.x.lowerBound > 307 && notes.placements[1].box.x.lowerBound > 507)
  }

  @Test func noWordCoversAMarkOrAnotherWord() {
    var generator = SplitMix64(seed: 10)
    for _ in 0..<2_000 {
      let center = (
        x: Double.random(in: 72...672, using: &generator), y: Double.random(in: 18...618, using: &generator)
      )
      let notes = ["model 0.007482", "least 0.007197", "start"].map { text in
        note(
          text, center.x + Double.random(in: -60...60, using: &generator),
          center.y + Double.random(in: -60...60, using: &generator))
      }
      let placements = PlacedNotes(notes, in: square, avoiding: []).placements
      for (index, placement) in placements.enumerated() {
        #expect(square.contains(placement.box))
        #expect(notes.allSatisfy { !placement.box.overlaps(.init(around: $0.point, radius: $0.radius)) })
        #expect(placements[..<index].allSatisfy { !placement.box.overlaps($0.box) })
      }
    }
  }

  /// One grid step apart, as a least value often is: both words are there.
  @Test(arguments: [(15.0, 0.0), (-15, 0), (0, 15), (0, -15), (15, 15), (-15, 15), (30, -15)])
  func bothWordsStandBesideMarksThatAreClose(across: Double, down: Double) {
    let notes = [note("model 1.208", 372, 318), note("least 1.20", 372 + across, 318 + down)]
    #expect(PlacedNotes(notes, in: square, avoiding: []).placements.map(\.text) == ["model 1.208", "least 1.20"])
  }

  @Test func wordsGoAroundThePathWhereTheyCan() throws {
    let path = (0..<20).map { DrawingPoint(x: 300 + 8 * Double($0), y: 300) }
    let placement = try #require(PlacedNotes([note("model", 300, 300)], in: square, avoiding: path).placements.first)
    #expect(!path.contains { placement.box.contains($0) })
    // Without a way around, the first place of the least evil.
    let everywhere = stride(from: 0.0, to: 700, by: 5).flatMap { x in
      stride(from: 0.0, to: 700, by: 5).map { DrawingPoint(x: x, y: $0) }
    }
    #expect(PlacedNotes([note("model", 300, 300)], in: square, avoiding: everywhere).placements.count == 1)
  }

  @Test func aWordWithoutAPlaceIsLeftOut() {
    let small = DrawingBox(x: 72...200, y: 18...60)
    let notes = [note("model 1.208", 80, 40), note("least 1.20", 84, 42)]
    #expect(PlacedNotes(notes, in: small, avoiding: []).placements.map(\.text) == ["model 1.208"])
  }
}
