import Testing

@testable import Quantities

@Suite("Checksum")
struct ChecksumTests {
  /// FIPS 180-2, appendix B, and the empty message.
  static let cases: [(message: String, digest: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test("gives the digests of the standard", arguments: cases)
  func digests(message: String, digest: String) {
    #expect(SHA256.hexadecimal(of: Array(message.utf8)) == digest)
  }

  @Test(
    "gives the same digest whatever the size of the pieces", arguments: [1, 3, 63, 64, 65, 200])
  func pieces(size: Int) {
    let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    var checksum = SHA256()
    for start in stride(from: 0, to: message.count, by: size) {
      checksum.add(Array(message[start..<min(start + size, message.count)]))
    }
    #expect(checksum.hexadecimal() == SHA256.hexadecimal(of: message))
  }
}
