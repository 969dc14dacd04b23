import ModelFormat
import ModelInspection
import Testing

struct TensorSeriesTests {
  @Test func `Norms and relative changes are those of the models in their order`() throws {
    let models = try [[3.0, 4], [3, 4], [0, 0], [6, 8]].map {
      try reader([try tensor($0), try tensor([1], name: "b")])
    }
    let series = try TensorSeries.common(to: models)
    #expect(series.map(\.name) == ["w", "b"])
    #expect(series[0].statistics.map(\.l2Norm) == [5, 5, 0, 10])
    // Nothing came before the first, and the last cannot be measured against zeros.
    #expect(series[0].relativeChanges == [nil, 0, 1, .infinity])
    #expect(series[1].relativeChanges == [nil, 0, 0, 0])
  }

  @Test func `Tensors that are not alike in all models are left out`() throws {
    let models = [
      try reader([try tensor([1, 2]), try tensor([1], name: "b")]),
      try reader([try tensor([1, 2, 3]), try tensor([1], name: "b"), try tensor([1], name: "c")]),
    ]
    #expect(try TensorSeries.common(to: models).map(\.name) == ["b"])
    #expect(try TensorSeries.common(to: []).isEmpty)
  }
}
