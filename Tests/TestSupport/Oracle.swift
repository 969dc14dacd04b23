import Foundation

/// The independent programs of `Tests/Oracles`, and the numbers that they computed.
package enum Oracle {
  /// The path of a file in `Tests/Oracles`.
  package static func path(_ name: String) -> String { Repository.path("Tests/Oracles/\(name)") }

  /// The content of a JSON file that a script wrote.
  package static func recorded<Content: Decodable>(_ name: String) throws -> Content {
    try JSONDecoder().decode(Content.self, from: Data(contentsOf: URL(filePath: path(name))))
  }

  /// Inputs and parameters, as in `common.py`: all are exact in binary.
  package static func numbers<Scalar: BinaryFloatingPoint>(_ count: Int, salt: Int, scale: Double) -> [Scalar] {
    (0..<count).map { Scalar(Double(($0 * 37 + salt * 53 + 11) % 101 - 50) / scale) }
  }
}
