import Foundation

/// Runs the scripts of the specification.
enum Python {
  /// Whether there is a Python to run them with.
  static let isThere = (try? run(["-c", ""]))?.status == 0

  /// Runs `python3` to its end.
  static func run(_ arguments: [String]) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-B"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, data)
  }

  /// What the reader prints of files: a line for each.
  static func read(_ files: [URL], _ options: [String] = []) throws -> (status: Int32, lines: [Data]) {
    let script = specificationFolder.appending(path: "reader/read_nnk.py").path(percentEncoded: false)
    let paths = files.map { $0.path(percentEncoded: false) }
    let (status, output) = try run([script] + options + ["--"] + paths)
    return (status, output.split(separator: 0x0A).map { Data($0) })
  }
}
