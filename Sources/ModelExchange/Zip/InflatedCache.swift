import ModelFormat
import Threads

/// The members of an archive that were inflated last, as many as memory is meant to be taken for.
final class InflatedCache: Sendable {
  private static let largestByteCount = 24 << 20

  private struct Kept {
    let headerOffset: Int
    let member: InflatedMember
  }

  private let kept = Lock<[Kept]>([])

  /// The inflated bytes of a member; `inflate` is asked for them where they are not at hand.
  func member(
    _ entry: ZipEntry, _ inflate: () throws(ModelFormatError) -> InflatedMember
  ) throws(ModelFormatError) -> InflatedMember {
    let known = kept.withLock { kept -> InflatedMember? in
      guard let place = kept.lastIndex(where: { $0.headerOffset == entry.headerOffset }) else { return nil }
      let found = kept.remove(at: place)
      kept.append(found)
      return found.member
    }
    if let known { return known }
    let member = try inflate()
    kept.withLock { kept in
      kept.append(Kept(headerOffset: entry.headerOffset, member: member))
      // What is in use elsewhere stays until that is over.
      while kept.count > 1, kept.reduce(0, { $0 + $1.member.heldByteCount }) > InflatedCache.largestByteCount {
        kept.removeFirst()
      }
    }
    return member
  }
}
