#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Questions about the text of paths and the links in them.
package enum FilePath {
  /// The folder and the name within it.
  package static func split(_ path: String) -> (folder: String, name: String) {
    // Bytes, not characters: a combining mark at the start of a name would hide the slash before it.
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let name = String(path[path.utf8.index(after: slash)...])
    return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
  }

  /// What `path` stands for once links are followed, also when the last of them points to nothing yet.
  static func resolved(_ path: String) -> String {
    var path = path
    for _ in 0..<40 {
      if let resolved = unsafe realpath(path, nil) {
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
      }
      var destination = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = unsafe destination.withUnsafeMutableBytes { buffer in
        unsafe buffer.baseAddress.map { unsafe readlink(path, $0, buffer.count) } ?? -1
      }
      guard count > 0 else { return path }
      let link = String(decoding: destination[..<count], as: UTF8.self)
      path = link.utf8.first == UInt8(ascii: "/") ? link : split(path).folder + "/" + link
    }
    return path
  }
}
