import Testing

@testable import Pages

struct DrawnPointsTests {
  private func places(_ values: [Double]) -> [Int] { DrawnPoints.places(of: values, isDrawn: \.isFinite) }

  @Test func `All points of a short curve are drawn`() {
    #expect(places([]) == [])
    #expect(places([3, .nan, 1]) == [0, 1, 2])
  }

  @Test func `Of a long curve no peak is lost`() {
    var values = [Double](repeating: 0, count: 1_000_000)
    (values[123_456], values[654_321], values[999_999]) = (9, -9, 5)
    let drawn = places(values)
    #expect(drawn.count <= 2 * DrawnPoints.mostStretches && drawn == drawn.sorted())
    for peak in [123_456, 654_321, 999_999] { #expect(drawn.contains(peak)) }
  }

  @Test func `A stretch without a point is a gap`() {
    var values = [Double](repeating: 1, count: 10_000)
    for index in 4_000..<6_000 { values[index] = .nan }
    #expect(places(values).contains { !values[$0].isFinite })
  }
}
