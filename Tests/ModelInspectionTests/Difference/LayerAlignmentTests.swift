import ModelFormat
import Testing

@testable import ModelInspection

struct LayerAlignmentTests {
  private func layer(_ kind: String, _ name: String = "", outputs: Int? = nil) -> LayerDescription {
    LayerDescription(
      kind: kind, name: name, outputShape: [outputs ?? 1], attributes: outputs.map { ["outputs": .integer($0)] } ?? [:])
  }

  private func changes(_ left: [LayerDescription], _ right: [LayerDescription]) -> [String] {
    LayerAlignment(left, right).matches.map { match in
      "\(match.change) \(match.left.map { String($0.index) } ?? "-") \(match.right.map { String($0.index) } ?? "-")"
    }
  }

  @Test func `A layer more does not make everything after it differ`() {
    let left = [
      layer("affine", "affine1", outputs: 8), layer("relu", "relu1"), layer("affine", "affine2", outputs: 10),
    ]
    let right = [
      layer("affine", "affine1", outputs: 8), layer("relu", "relu1"), layer("affine", "affine2", outputs: 64),
      layer("relu", "relu2"), layer("affine", "affine3", outputs: 10),
    ]
    #expect(
      changes(left, right) == ["same 0 0", "added - 1", "added - 2", "same 1 3", "same 2 4"].sorted()
        || changes(left, right).filter { $0.hasPrefix("same") }.count == 3)
    #expect(changes(left, right).count == 5)
    #expect(changes(right, left).filter { $0.hasPrefix("removed") }.count == 2)
  }

  @Test func `Another attribute is a change of a layer, another kind is another layer`() {
    let left = [layer("affine", outputs: 8), layer("relu"), layer("softmax")]
    let right = [layer("affine", outputs: 9), layer("tanh"), layer("softmax")]
    #expect(changes(left, right) == ["changed 0 0", "removed 1 -", "added - 1", "same 2 2"])
    let match = LayerAlignment(left, right).matches[0]
    #expect(match.attributes.map { [$0.name, $0.left, $0.right] } == [["outputs", "8", "9"]])
  }

  @Test func `Empty lists and equal ones`() {
    let layers = [layer("relu"), layer("relu")]
    #expect(changes([], []) == [])
    #expect(changes([], layers) == ["added - 0", "added - 1"])
    #expect(changes(layers, []) == ["removed 0 -", "removed 1 -"])
    #expect(changes(layers, layers) == ["same 0 0", "same 1 1"])
    #expect(changes(layers, layers + layers).filter { $0.hasPrefix("added") }.count == 2)
  }

  /// The number of changes is that of the edit distance by exhaustive recursion.
  @Test func `No pairing needs fewer changes`() {
    func distance(_ a: ArraySlice<Int>, _ b: ArraySlice<Int>) -> Int {
      guard let x = a.first, let y = b.first else { return 2 * (a.count + b.count) }
      var least = 2 + min(distance(a.dropFirst(), b), distance(a, b.dropFirst()))
      if x / 2 == y / 2 { least = min(least, (x == y ? 0 : 1) + distance(a.dropFirst(), b.dropFirst())) }
      return least
    }
    var state: UInt32 = 1
    func next(_ bound: UInt32) -> Int {
      state = state &* 1_664_525 &+ 1_013_904_223
      return Int((state >> 16) % bound)
    }
    for _ in 0..<100 {
      let (a, b) = ((0..<next(7)).map { _ in next(6) }, (0..<next(7)).map { _ in next(6) })
      func layers(_ codes: [Int]) -> [LayerDescription] { codes.map { layer("kind \($0 / 2)", outputs: $0) } }
      let cost = LayerAlignment(layers(a), layers(b)).matches.reduce(0) { sum, match in
        switch match.change {
        case .same: sum
        case .changed: sum + 1
        case .added, .removed: sum + 2
        }
      }
      #expect(cost == distance(a[...], b[...]), "\(a) \(b)")
    }
  }

  @Test func `Lists too long to be aligned are compared place by place`() {
    let left = (0..<3000).map { layer($0 % 2 == 0 ? "a" : "b", outputs: $0) }
    let right = (0..<3000).map { layer($0 % 2 == 0 ? "a" : "c", outputs: $0 + 1) }
    let matches = LayerAlignment(left, right).matches
    #expect(matches.count { $0.change == .changed } == 1500)
    #expect(matches.count { $0.change == .removed } == 1500 && matches.count { $0.change == .added } == 1500)
  }
}
