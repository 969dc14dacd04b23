import ModelFormat
import ModelInspection
import Testing

/// Which tensors are compared.
struct TensorMatchingTests {
  @Test func aModelIsTheSameAsItselfAndAsItsCopyFromAnotherFile() throws {
    let tensors = [try tensor([1, .nan, -0.0], name: "a"), try tensor([], name: "b")]
    let history = try TrainingHistory(columns: [.init(name: "loss", values: [.nan])])
    let first = try reader(tensors, topology: soundTopology(), history: history, metadata: ["a": .number(.nan)])
    let second = try reader(tensors, topology: soundTopology(), history: history, metadata: ["a": .number(.nan)])
    for difference in [try ModelDifference(first, first), try ModelDifference(first, second)] {
      #expect(difference.isSame)
      #expect(difference.topology == [] && difference.history == [] && difference.metadata == [])
      #expect(difference.tensors.map(\.name) == ["a", "b"])
      let isEach = difference.tensors.allSatisfy { $0.isSame }
      #expect(isEach)
    }
  }

  @Test func aModelInMemoryIsTheSameAsItsFile() throws {
    let file = try reader([tensor([1, 2, 3], name: "a"), tensor([4], name: "b")], topology: soundTopology())
    let model = try file.model()
    #expect(try ModelDifference(model, file).isSame && ModelDifference(file, model).isSame)
    let statistics = try TensorStatistics.all(of: file.tensors, in: model)
    #expect(try TensorStatistics.all(of: file.tensors, in: file) == statistics && statistics.count == 2)
  }

  /// Tensors are matched by name, wherever they are; those of one side are listed.
  @Test func tensorsAreMatchedByNameWhereverTheyStand() throws {
    let left = try reader([tensor([1], name: "a"), tensor([2], name: "gone"), tensor([3], name: "c")])
    let right = try reader([tensor([3], name: "c"), tensor([4], name: "new"), tensor([1], name: "a")])
    let difference = try ModelDifference(left, right)
    #expect(!difference.isSame)
    #expect(difference.tensors.map(\.name) == ["a", "gone", "c", "new"])
    #expect(difference.tensors.map(\.isSame) == [true, false, true, false])
    #expect(difference.tensors[1].left != nil && difference.tensors[1].right == nil)
    #expect(difference.tensors[3].left == nil && difference.tensors[3].right?.name == "new")
    #expect(difference.tensors[1].values == nil && difference.tensors[3].values == nil)
    let mirrored = try ModelDifference(right, left)
    #expect(mirrored.tensors.map(\.isSame) == [true, false, true, false])
  }

  /// A network of affine layers, each with a weight of one row whose values are its width.
  private func stack(_ widths: [Int], names: (Int) -> String = { "affine\($0 + 1)" }) throws -> ModelReader {
    let layers = widths.enumerated().map { number, width in
      LayerDescription(
        kind: "affine", name: names(number), outputShape: [width], attributes: ["outputs": .integer(width)],
        parameters: [.init(role: "weight", tensor: names(number) + ".weight")])
    }
    return try reader(
      widths.enumerated().map { number, width in
        try tensor(
          [Double](repeating: Double(width), count: width), name: names(number) + ".weight", shape: [1, width])
      }, topology: Topology(inputShape: [1], layers: layers))
  }

  private func pairs(_ difference: ModelDifference) -> [String] {
    difference.tensors.map { "\($0.left?.name ?? "–") \($0.right?.name ?? "–") \($0.isExactlySame)" }
  }

  @Test func `After a layer more, tensors with numbered names follow their layers`() throws {
    let difference = try ModelDifference(stack([8, 10]), stack([8, 4, 10]))
    #expect(
      pairs(difference) == [
        "affine1.weight affine1.weight true", "affine2.weight affine3.weight true", "– affine2.weight false",
      ])
    #expect(difference.tensors.map(\.otherName) == [nil, "affine3.weight", nil])
    #expect(
      pairs(try ModelDifference(stack([8, 4, 10]), stack([8, 10]))) == [
        "affine1.weight affine1.weight true", "affine2.weight – false", "affine3.weight affine2.weight true",
      ])
  }

  @Test func `Tensors of layers with names of their own are matched by name, and so are all where no layer moved`()
    throws
  {
    let names = ["first", "second", "third"]
    let named = try ModelDifference(stack([8, 10]) { names[$0] }, stack([8, 4, 10]) { names[$0] })
    #expect(
      pairs(named) == ["first.weight first.weight true", "second.weight second.weight false", "– third.weight false"])
    let wider = try ModelDifference(stack([8, 10]), stack([9, 10]))
    #expect(pairs(wider) == ["affine1.weight affine1.weight false", "affine2.weight affine2.weight true"])
  }

  @Test func `A pattern takes a pair of which either name matches it`() throws {
    let (left, right) = (try stack([8, 10]), try stack([8, 4, 10]))
    func filtered(_ glob: String) throws -> [String] { pairs(try ModelDifference(left, right, filter: Glob(glob))) }
    #expect(try filtered("affine3.*") == ["affine2.weight affine3.weight true"])
    #expect(try filtered("affine2.*") == ["affine2.weight affine3.weight true", "– affine2.weight false"])
  }

  @Test func namesThatOnlyLookAlikeAreTwo() throws {
    let difference = try ModelDifference(
      reader([tensor([1], name: "\u{E9}")]), reader([tensor([1], name: "e\u{301}")]))
    #expect(difference.tensors.count == 2)
    #expect(!difference.isSame)
  }

  @Test func anotherShapeIsADifferenceTheValuesAreNotCompared() throws {
    let difference = try ModelDifference(
      reader([tensor([1, 2, 3, 4], shape: [2, 2])]), reader([tensor([1, 2, 3, 4], shape: [4])]))
    #expect(!difference.isSame)
    #expect(difference.tensors[0].left?.shape == [2, 2])
    #expect(difference.tensors[0].right?.shape == [4])
    #expect(difference.tensors[0].values == nil)
  }

  @Test func anotherTypeIsADifferenceAlthoughTheValuesAreCompared() throws {
    let single = try Tensor(name: "w", shape: [2], values: [0.5, 0.1] as [Float])
    let difference = try ModelDifference(reader([single]), reader([tensor([0.5, 0.1])]))
    let values = try #require(difference.tensors[0].values)
    #expect(values.differing == 1)
    #expect(values.maximumAbsoluteDifference == (Double(Float(0.1)) - 0.1).magnitude)
    #expect(values.maximumUnitsInLastPlace == nil)
    let equalValues = try ModelDifference(
      reader([Tensor(name: "w", shape: [1], values: [0.5] as [Float])]), reader([tensor([0.5])]))
    #expect(equalValues.tensors[0].values?.differing == 0)
    #expect(!equalValues.isSame)
  }

  /// A difference within the tolerance counts as the same, and still is measured.
  @Test func aDifferenceWithinTheToleranceCountsAsTheSame() throws {
    let (left, right) = (try reader([tensor([1, 2])]), try reader([tensor([1, 2.25])]))
    #expect(!(try ModelDifference(left, right).isSame))
    let difference = try ModelDifference(left, right, tolerance: Tolerance(absolute: 0.25, relative: 0))
    #expect(difference.isSame)
    #expect(difference.tensors[0].values?.maximumAbsoluteDifference == 0.25)
  }

  /// Damage on either side is an error, also where there is nothing to compare it with.
  @Test(arguments: [false, true])
  func damageOnEitherSideIsAnError(swapped: Bool) throws {
    let values = (0..<1000).map { Double($0).squareRoot() }
    let sound = [try tensor([1, 2], name: "other")]
    for counterpart in [sound, [try tensor([1, 2])], [try tensor(values)]] {
      var bytes = try Model(topology: nil, tensors: [tensor(values)]).encoded()
      bytes[500] ^= 0x20
      let (damaged, whole) = (try ModelReader(bytes: bytes), try reader(counterpart))
      let error = #expect(throws: ModelFormatError.self) {
        swapped ? try ModelDifference(whole, damaged) : try ModelDifference(damaged, whole)
      }
      #expect(error?.code == .checksumMismatch)
      #expect(error?.tensor == "w")
    }
  }
}
