import Foundation
import TestSupport

extension TemporaryFolder {
  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: file(name), withIntermediateDirectories: false)
  }

  func text(_ name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }

  /// Everything that lies in the folder, hidden files too, with its content; folders have none.
  func snapshot() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try names() { files[name] = (try? read(name)) ?? [] }
    return files
  }
}
