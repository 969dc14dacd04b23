import ModelFormat
import Testing

@testable import NetworkRuns

struct LossCurveTests {
  @Test func eachPointIsTheMeanOfAStretch() {
    var curve = LossCurve(iterations: 1_000)
    for iteration in 0..<999 { curve.add(Double(iteration)) }
    #expect(curve.interval == 5)
    // The last stretch is not complete.
    #expect(curve.values == (0..<199).map { Double(5 * $0 + 2) })
  }

  @Test func fewMiniBatchesAreKeptOneByOne() {
    var curve = LossCurve(iterations: 200)
    for iteration in 0..<200 { curve.add(Double(iteration)) }
    #expect(curve.interval == 1)
    #expect(curve.values == (0..<200).map(Double.init))
    #expect(LossCurve(iterations: 201).interval == 2)
  }

  @Test func theModelKeepsItWhileThereAreFewEpochs() {
    var curve = LossCurve(iterations: 6)
    for loss in [3.0, 2, 1.5] { curve.add(loss) }
    var metadata = RunMetadata()
    curve.store(in: &metadata, epochs: 20)
    #expect(metadata.attributes == [:])
    curve.store(in: &metadata, epochs: 2)
    #expect(metadata.attributes["training.loss_curve"] == [3.0, 2.0, 1.5])
    #expect(metadata.attributes["training.loss_curve_interval"] == 1)
    #expect(LossCurve(metadata)?.values == [3, 2, 1.5])
  }

  @Test func otherThingsUnderItsNameAreNoCurve() {
    for metadata in [
      [:], ["training.loss_curve": [1.0, 2.0]], ["training.loss_curve": "x", "training.loss_curve_interval": 1],
      ["training.loss_curve": [1.0, "x"], "training.loss_curve_interval": 1],
      ["training.loss_curve": [1.0, 2.0], "training.loss_curve_interval": 0],
    ] as [Attributes] {
      #expect(LossCurve(RunMetadata(metadata)) == nil)
    }
  }
}
