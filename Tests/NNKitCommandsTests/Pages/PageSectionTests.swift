import ModelFormat
import NeuralNetwork
import Pages
import TestSupport
import Testing

@testable import ModelInspection
@testable import NNKitCommands
@testable import NetworkInspection

/// Parts of pages whose contents are hard to come by through files, and their bounds.
struct PageSectionTests {
  private let function = FunctionDifference(
    samples: 200, agreement: 0.99,
    truth: FunctionDifference.Truth(leftOnlyRight: 2, rightOnlyRight: 0, bothRight: 190, bothWrong: 8), meanKL: 0.25,
    maximumLogitDifference: 3, maximumLogitDifferenceIndex: 7, maximumOutputDifference: nil, rmsOutputDifference: nil,
    flips: [
      FunctionDifference.Flip(left: 1, right: 0, count: 2, indices: [3, 12]),
      FunctionDifference.Flip(left: nil, right: 9, count: 1, indices: [5]),
    ], indices: [3, 5, 12], differing: 3,
    layers: [
      FunctionDifference.Layer(name: "first", rightName: "first", relativeL2: 0),
      FunctionDifference.Layer(name: "<second>", rightName: "second", relativeL2: 0.5),
      FunctionDifference.Layer(name: "third", rightName: "third", relativeL2: nil),
    ])

  @Test func `How two networks answer the same samples`() {
    let html = FunctionSection(function: function, classNames: ["cat", "<dog>"]).section.html
    for text in [
      "200 samples", "99.00 %", "2 samples", "McNemar", "0.25", "&lt;second&gt;", "not finite", "&lt;dog&gt;",
      "not a number", "3, 12", "<dt>First layer where they part</dt><dd>&lt;second&gt;</dd>",
    ] { #expect(html.contains(text), "\(text)") }
    // A class without a name has its number.
    #expect(html.contains("<td>9</td>") && !html.contains("<dog>"))
  }

  @Test func `Many layers and epochs make a small page`() throws {
    let layers = (0..<20_000).map { LayerDescription(kind: "relu", name: "l\($0)", outputShape: [2]) }
    let losses = (0..<100_000).map { Double($0 % 1000) }
    let model = try Model(
      topology: Topology(inputShape: [2], layers: layers), tensors: [],
      history: TrainingHistory(columns: [.init(name: "loss", values: losses), .init(name: "test_loss", values: losses)])
    )
    let file = try ModelReader(bytes: model.encoded())
    let inspection = try Inspection(file, path: "deep.nnk", Inspection.Request())
    let pictures = try InspectionPictures(inspection, file)
    let html = InspectionPage(inspection: inspection, pictures: pictures).page.html
    #expect(html.utf8.count < 300_000)
    #expect(html.contains("… 19,950 more layers") && html.contains(">l19999<") && !html.contains(">l50<"))
  }

  @Test func `What the layers gave on samples is a table of the page, as it is in the text`() throws {
    let layers = [
      LayerActivity(
        name: "relu1", kind: "relu", units: 1200, mean: 0.25, standardDeviation: 0.5, zeroFraction: 0.125, nonFinite: 0,
        neverFired: [1, 2, 3], saturated: nil),
      LayerActivity(
        name: "<tanh1>", kind: "tanh", units: 4, mean: -1, standardDeviation: 0, zeroFraction: 0, nonFinite: 0,
        neverFired: nil, saturated: [0]),
    ]
    let network = try Network<Float>(inputShape: [1], layers: [.relu], parameters: [:])
    let html = ActivationSection(report: ActivationReport(samples: 359, layers: layers, network: network)).section.html
    for text in ["359 samples", "relu1", "1,200", "12.50 %", "never fired", "&lt;tanh1&gt;", "saturated"] {
      #expect(html.contains(text), "\(text)")
    }
  }

  @Test func `The page of a series has the distributions of 48 tensors, matrices first`() throws {
    let tensors = try (0..<60).map { number in
      // The even ones are matrices, all larger than the vectors after them.
      let isMatrix = number.isMultiple(of: 2)
      return try Tensor(
        name: "t\(number).", shape: isMatrix ? [8, 10] : [10 + number],
        values: (0..<(isMatrix ? 80 : 10 + number)).map { Float($0 + number) })
    }
    let folder = try TemporaryFolder()
    for name in ["a.nnk", "b.nnk"] { try folder.write(Model(topology: nil, tensors: tensors).encoded(), to: name) }
    let series = try ModelSeries(paths: [folder.file("a.nnk"), folder.file("b.nnk")], withStatistics: true)
    let html = SeriesPage(series: series).page.html
    let section = try #require(html.firstRange(of: "Distributions")).upperBound
    let titles = html[section...].matches(of: /t(\d+)\./).compactMap { Int($0.1) }
    var unique: [Int] = []
    for title in titles where unique.last != title { unique.append(title) }
    #expect(unique == Array(stride(from: 0, to: 60, by: 2)) + Array(stride(from: 25, to: 60, by: 2)))
    #expect(html.contains("The 48 largest of 60 tensors, matrices first."))
  }

  @Test func `The epoch of the weights is marked beside the best one`() throws {
    let history = try TrainingHistory(columns: [
      .init(name: "loss", values: [3, 2, 1, 0.5]), .init(name: "test_loss", values: [3, 1, 2, 4]),
    ])
    let html = try #require(TrainingCurves(history, [:]).section).html
    #expect(html.contains("best epoch 2") && html.contains("weights of epoch 4"))
    let best = try #require(TrainingCurves(history, ["training.best_epoch": 2]).section).html
    #expect(best.contains("best epoch 2, and that of the weights") && !best.contains("weights of epoch"))
    #expect(TrainingCurves(.empty, [:]).section == nil)
  }
}
