import NetworkRuns
import NeuralNetwork

@testable import NNKitCommands

/// Predictions to write: the forms under test need no network.
enum Forms {
  static func classifier(
    outputs: Int = 3, classNames: [String] = [], top: Int = 1, labels: [Int]? = nil
  ) -> PredictionForm {
    PredictionForm(
      classNames: classNames, outputs: outputs, isClassifier: true, top: top, truth: labels.map(Truth.labels))
  }

  static func regression(outputs: Int, targets: Matrix<Float>? = nil) -> PredictionForm {
    PredictionForm(
      classNames: [], outputs: outputs, isClassifier: false, top: 1, truth: targets.map(Truth.targets))
  }

  static func text(_ writer: any PredictionWriter, _ rows: [[Float]], firstIndex: Int = 0) throws -> String {
    String(decoding: try bytes(writer, rows, firstIndex: firstIndex), as: UTF8.self)
  }

  static func bytes(_ writer: any PredictionWriter, _ rows: [[Float]], firstIndex: Int = 0) throws -> [UInt8] {
    var writer = writer
    return try writer.beginning() + writer.rows(try Matrix(rows), firstIndex: firstIndex)
  }
}
