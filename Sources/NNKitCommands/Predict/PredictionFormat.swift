import ArgumentParser
import NetworkRuns
import NeuralNetwork

/// The forms that predictions are written in.
enum PredictionFormat: String, CaseIterable, ExpressibleByArgument {
  case csv, jsonl, idx, text

  func makeWriter(_ form: PredictionForm, count: Int) -> any PredictionWriter {
    switch self {
    case .csv: CSVPredictionWriter(form: form)
    case .jsonl: JSONPredictionWriter(form: form)
    case .idx: IDXPredictionWriter(form: form, count: count)
    case .text: TextPredictionWriter(form: form, count: count)
    }
  }
}

/// Turns outputs into bytes, piece by piece.
protocol PredictionWriter {
  /// What comes before the first row.
  func beginning() throws -> [UInt8]
  /// The rows of a piece, whose first sample has that index in the file.
  mutating func rows(_ outputs: Matrix<Float>, firstIndex: Int) throws -> [UInt8]
}

/// What all forms need to know of the predictions.
struct PredictionForm {
  let classNames: [String]
  let outputs: Int
  let isClassifier: Bool
  let top: Int
  /// The true answers, when they are known.
  let truth: Truth?

  init(classNames: [String], outputs: Int, isClassifier: Bool, top: Int, truth: Truth?) {
    self.classNames = classNames
    self.outputs = outputs
    self.isClassifier = isClassifier
    self.top = top
    self.truth = truth
  }

  /// What is written of each sample.
  ///
  /// - Throws: `CommandFailure` if there are not as many classes as are to be shown.
  init(_ predictor: Predictor, top: Int, truth: Truth?) throws(CommandFailure) {
    let meaning = predictor.meaning
    let isClassifier = meaning.isClassification(truth)
    guard top == 1 || isClassifier else {
      throw .usage("--top needs a classifier, and the outputs of \(predictor.name) are numbers")
    }
    guard top <= meaning.classes else {
      throw .usage("--top \(top): \(predictor.name) has only \(meaning.classes) classes")
    }
    self.init(
      classNames: predictor.classNames, outputs: isClassifier ? meaning.classes : meaning.outputs,
      isClassifier: isClassifier, top: top, truth: truth)
  }

  /// The true classes, when they are known.
  var labels: [Int]? { truth?.labels }
  /// The true numbers, when they are known.
  var targets: Matrix<Float>? { truth?.targets }

  /// The name of a class: its own, or its number.
  func name(_ index: Int) -> String {
    classNames.indices.contains(index) ? classNames[index] : String(index)
  }

  /// The most probable classes of a row, best first; of equal ones the first comes first.
  func ranking(_ row: ArraySlice<Float>) -> [Int] {
    if top == 1 { return [PredictionForm.best(row)] }
    let order = row.indices.sorted { row[$0] != row[$1] ? row[$0] > row[$1] : $0 < $1 }
    return order.prefix(top).map { $0 - row.startIndex }
  }

  /// The most probable class of a row.
  static func best(_ row: ArraySlice<Float>) -> Int {
    var best = row.startIndex
    for index in row.indices where row[index] > row[best] { best = index }
    return best - row.startIndex
  }
}
