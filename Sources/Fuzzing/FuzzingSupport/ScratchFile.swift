import BinaryIO

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file whose content changes from input to input, for what can only be read through a path.
package struct ScratchFile {
  package let path: String
  private let descriptor: Int32

  /// Creates the file in the folder for temporary files.
  package init() {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/nnkit-fuzzing-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    require(descriptor >= 0, "cannot create \(path)")
  }

  /// Replaces the content.
  package func write(_ bytes: [UInt8]) {
    require(ftruncate(descriptor, 0) == 0, "cannot empty \(path)")
    let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    require(written == bytes.count, "cannot write to \(path)")
  }

  /// The content of the file of that path, which another file may have replaced meanwhile.
  package func contents() -> [UInt8] {
    requireNoError("cannot read \(path)") { () throws(FileError) in
      let bytes = try FileInput(path: path).readAll(after: [], maximumCount: .max)
      return bytes ?? []
    }
  }
}
