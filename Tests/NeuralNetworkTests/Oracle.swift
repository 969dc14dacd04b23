import Foundation
import NeuralNetwork
import TestSupport

/// What both sides have where the scripts in Oracle/ ask PyTorch.
enum Oracle {
  /// The content of the file that a script wrote.
  static func file<Content: Decodable>(_ name: String) throws -> Content {
    let path = Repository.path("Tests/NeuralNetworkTests/Oracle/\(name)")
    return try JSONDecoder().decode(Content.self, from: Data(contentsOf: URL(filePath: path)))
  }

  /// Inputs and parameters, as in Oracle/common.py: all are exact in binary.
  static func numbers<Scalar: NetworkScalar>(_ count: Int, salt: Int, scale: Double) -> [Scalar] {
    (0..<count).map { Scalar(Double(($0 * 37 + salt * 53 + 11) % 101 - 50) / scale) }
  }
}
