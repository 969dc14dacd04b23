import Foundation
import Testing

/// JSON as an independent reader sees it.
enum JSON {
  static func object(_ text: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(value as? [String: Any])
  }

  /// One object per line.
  static func lines(_ lines: [String]) throws -> [[String: Any]] { try lines.map(object) }
}

extension [String: Any] {
  func object(_ key: String) throws -> [String: Any] {
    try #require(self[key] as? [String: Any], "object \(key)")
  }

  func objects(_ key: String) throws -> [[String: Any]] {
    try #require(self[key] as? [[String: Any]], "list of objects \(key)")
  }

  func number(_ key: String) throws -> Double { try #require(self[key] as? Double, "number \(key)") }
  func integer(_ key: String) throws -> Int { try #require(self[key] as? Int, "integer \(key)") }
  func boolean(_ key: String) throws -> Bool { try #require(self[key] as? Bool, "truth value \(key)") }
  func string(_ key: String) throws -> String { try #require(self[key] as? String, "string \(key)") }
}
