/// A name from a file as a key: equal, ordered and hashed by the bytes of its UTF-8.
///
/// A `String` takes two spellings of one accented letter for the same name. Files, and most other programs that read
/// them, do not.
package struct ByteName: Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }
}

extension ByteName: Hashable {
  package static func == (left: ByteName, right: ByteName) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

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
