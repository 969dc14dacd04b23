#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A name from a file as a key: equal, ordered and hashed by the bytes of its UTF-8.
///
/// A `String` takes two spellings of one accented letter for the same name. Files, and most other programs that read
/// them, do not.
package struct ByteName: Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }
}

extension ByteName: Hashable {
  package static func == (left: ByteName, right: ByteName) -> Bool {
    let (one, other) = (left.text.utf8, right.text.utf8)
    guard one.count == other.count else { return false }
    // Block by block where the bytes are contiguous, as they are but for strings of Darwin.
    let isEqual = unsafe one.withContiguousStorageIfAvailable { one in
      unsafe other.withContiguousStorageIfAvailable { other in
        guard let one = one.baseAddress, let other = other.baseAddress else { return true }
        return unsafe memcmp(one, other, left.text.utf8.count) == 0
      }
    }
    return (isEqual ?? nil) ?? one.elementsEqual(other)
  }

  package func hash(into hasher: inout Hasher) {
    let isHashed: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
      unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    // Darwin has strings whose bytes are not contiguous.
    if isHashed == nil { unsafe Array(text.utf8).withUnsafeBytes { unsafe hasher.combine(bytes: $0) } }
  }
}

extension ByteName: Comparable {
  /// By bytes, a name before its own continuations.
  package static func < (left: ByteName, right: ByteName) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension ByteName: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(text) }
}

extension ByteName {
  /// How many Unicode scalars of a name a message shows at most.
  private static let shownLength = 120

  /// The name as messages show it: the beginning of a long one, and how many bytes all of it has. O(1).
  package var excerpt: String {
    shown.isWhole ? text : "\(shown.beginning)… (\(text.utf8.count) bytes)"
  }

  /// The excerpt, with the name in quotation marks.
  package var quoted: String {
    String(shown.beginning).debugDescription + (shown.isWhole ? "" : "… (\(text.utf8.count) bytes)")
  }

  private var shown: (beginning: Substring, isWhole: Bool) {
    let scalars = text.unicodeScalars
    let end = scalars.index(scalars.startIndex, offsetBy: ByteName.shownLength, limitedBy: scalars.endIndex)
    return end.map { (text[..<$0], $0 == scalars.endIndex) } ?? (text[...], true)
  }
}

extension RawRepresentable<String> where Self: CaseIterable {
  /// The case that has this name; nil if none has.
  ///
  /// `init(rawValue:)` compares by Unicode equivalence, which takes long for a long name.
  package init?(named name: ByteName) {
    guard let value = Self.allCases.first(where: { ByteName($0.rawValue) == name }) else { return nil }
    self = value
  }
}
