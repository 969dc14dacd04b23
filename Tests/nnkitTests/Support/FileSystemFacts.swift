import Foundation
import TestSupport

/// What this machine offers to tests.
enum FileSystemFacts {
  /// A device that is always full.
  static let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")
  /// Permission bits mean nothing to the superuser.
  static let obeysPermissions = geteuid() != 0
  /// Whether `ulimit -v` has any effect, which it has on Linux.
  static let limitsMemory: Bool = {
    #if os(Linux)
      return true
    #else
      return false
    #endif
  }()
  /// A terminal for a program: `script` of util-linux, whose options other systems' ones do not share.
  static let hasTerminal: Bool = {
    #if os(Linux)
      return FileManager.default.isExecutableFile(atPath: "/usr/bin/script") && opensPseudoTerminals
    #else
      return false
    #endif
  }()

  #if os(Linux)
    /// Bare containers may lack the file system of pseudo-terminals.
    private static var opensPseudoTerminals: Bool {
      guard let folder = try? TemporaryFolder() else { return false }
      let command = "script --quiet --return --command true /dev/null"
      return (try? Program.shell(command, in: folder))?.exitCode == 0
    }
  #endif
}
