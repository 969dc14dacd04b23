#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How much memory the control groups of Linux leave to this process.
///
/// A group may use no more than each of the groups that it lies in. What goes beyond is ended by the system without a
/// word, so the limit counts like the memory of a machine. Both versions of the interface are read: `memory.max` of the
/// second, `memory.limit_in_bytes` of the first.
struct ControlGroupMemory {
  /// Says which groups the process is in: a line `number:controllers:path` for each hierarchy, without controllers for
  /// that of version 2.
  var membership = "/proc/self/cgroup"
  /// The folder that the hierarchies are mounted in.
  var root = "/sys/fs/cgroup"

  /// The least of the limits in bytes; nil without any.
  var limit: Int? {
    guard let groups = Self.text(of: membership) else { return nil }
    return groups.split(separator: "\n").compactMap { limit(ofGroup: $0) }.min()
  }

  private func limit(ofGroup line: Substring) -> Int? {
    let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == 3 else { return nil }
    let isSecond = fields[1].isEmpty
    guard isSecond || fields[1].split(separator: ",").contains("memory") else { return nil }
    let folder = isSecond ? root : root + "/memory"
    let name = isSecond ? "memory.max" : "memory.limit_in_bytes"
    // The path may be that of another namespace, in which case only the group at the root is there.
    var parts = fields[2].split(separator: "/")
    var limits: [Int] = []
    while true {
      let path = folder + parts.map { "/" + $0 }.joined() + "/" + name
      if let value = Self.text(of: path).flatMap({ Int($0.prefix { $0 != "\n" }) }) { limits.append(value) }
      guard parts.popLast() != nil else { return limits.min() }
    }
  }

  /// The beginning of a file of the system; nil if it cannot be read.
  private static func text(of path: String) -> String? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { _ = close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
