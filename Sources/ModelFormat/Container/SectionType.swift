import BinaryIO

/// The four letters that say what a section holds.
///
/// As in PNG, case carries meaning: a capital first letter marks a section that a reader must understand; a small
/// last letter marks one that may be copied by a program that does not.
public struct SectionType: Hashable, Sendable, CustomStringConvertible {
  package let letters: [UInt8]

  package static let chunk = SectionType("CHNK")
  package static let index = SectionType("INDX")

  /// All types of this version.
  static let known = Set(PartSection.all.map(\.type) + [.chunk, .index, .trainingState])

  init(_ letters: StaticString) {
    self.letters = letters.withUTF8Buffer { unsafe Array($0) }
  }

  /// A type from a file; nil unless it is four ASCII letters.
  package init?(letters: some Sequence<UInt8>) {
    self.letters = Array(letters)
    guard self.letters.count == 4, self.letters.allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) }) else {
      return nil
    }
  }

  /// Whether a reader that does not know it must refuse the file.
  package var isRequired: Bool { letters[0] & 0x20 == 0 }

  /// Whether a program that does not know it may copy it into a changed file.
  package var isSafeToCopy: Bool { letters[3] & 0x20 != 0 }

  /// The four letters.
  public var description: String { String(decoding: letters, as: UTF8.self) }
}
