import Testing

@testable import Hashing

struct SHA256Tests {
  private static func digest(_ message: [UInt8]) throws -> String {
    var hash = try SHA256()
    return try hash.digest(of: message).description
  }

  @Test func `the messages of FIPS 180-4 have their digests`() throws {
    #expect(
      try SHA256Tests.digest([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      try SHA256Tests.digest(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      try SHA256Tests.digest(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      try SHA256Tests.digest([UInt8](repeating: 0x61, count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `a message taken in by parts has the digest of the whole, and the next one begins anew`() throws {
    var hash = try SHA256()
    for part in ["a", "", "bc"] { try hash.update(Array(part.utf8)) }
    #expect(try hash.finish() == (try hash.digest(of: Array("abc".utf8))))
    #expect(try hash.digest(of: []).description == SHA256Tests.digest([]))
  }

  @Test func `a digest is written and read as 64 hexadecimal digits, and nothing else is one`() throws {
    var hash = try SHA256()
    let digest = try hash.digest(of: [1, 2, 3])
    #expect(SHA256Digest(digest.description) == digest)
    #expect(SHA256Digest(digest.description.uppercased()) == digest)
    #expect(digest.bytes.count == 32)
    #expect(SHA256Digest(digest.description.dropLast()) == nil)
    #expect(SHA256Digest(digest.description + "0") == nil)
    #expect(SHA256Digest(digest.description.dropLast() + "g") == nil)
    // A digit, and none that a digest is written with.
    #expect(SHA256Digest(digest.description.dropLast() + "３") == nil)
    #expect(SHA256Digest.zero.description == String(repeating: "0", count: 64))
  }
}
