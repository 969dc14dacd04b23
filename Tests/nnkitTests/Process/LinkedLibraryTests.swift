import Foundation
import Testing

/// What the program asks the system to load before it runs.
struct LinkedLibraryTests {
  #if os(Linux)
    /// Foundation brings 40 MB of Unicode tables and tens of thousands of addresses to be set: half of the time that
    /// `nnkit --version` takes. The argument parser needs the small part of it, `FoundationEssentials`, and no more.
    @Test func `Foundation and what it brings are not linked`() throws {
      let program = try Data(contentsOf: URL(filePath: Program.path))
      #expect(program.range(of: Data("libswiftCore.so\0".utf8)) != nil)
      for library in ["libFoundation.so", "libFoundationInternationalization.so", "lib_FoundationICU.so"] {
        #expect(program.range(of: Data("\(library)\0".utf8)) == nil, "\(library)")
      }
    }
  #endif
}
