import Testing

@testable import NNKitCommands

struct PredictionFormTests {
  @Test func rankingPutsTheMostProbableFirst() {
    let row: [Float] = [0.1, 0.6, 0.3]
    #expect(Forms.classifier(top: 1).ranking(row[...]) == [1])
    #expect(Forms.classifier(top: 2).ranking(row[...]) == [1, 2])
    #expect(Forms.classifier(top: 3).ranking(row[...]) == [1, 2, 0])
  }

  @Test func ofEqualOnesTheFirstComesFirst() {
    let row: [Float] = [0.25, 0.25, 0.25, 0.25]
    #expect(PredictionForm.best(row[...]) == 0)
    for top in 1...4 { #expect(Forms.classifier(outputs: 4, top: top).ranking(row[...]) == Array(0..<top)) }
    let tie: [Float] = [0.1, 0.4, 0.1, 0.4]
    #expect(Forms.classifier(outputs: 4, top: 4).ranking(tie[...]) == [1, 3, 0, 2])
  }

  @Test func rowsInTheMidstOfAMatrixCountFromTheirStart() {
    let values: [Float] = [9, 9, 0.2, 0.1, 0.7]
    #expect(PredictionForm.best(values[2...]) == 2)
    #expect(Forms.classifier(top: 2).ranking(values[2...]) == [2, 0])
  }

  @Test func classesWithoutNamesHaveNumbers() {
    let form = Forms.classifier(classNames: ["cat", "dog"])
    #expect((0..<3).map(form.name) == ["cat", "dog", "2"])
  }
}
