/// Bytes as text of 64 characters (RFC 4648, section 4).
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let group = bytes[index..<min(index + 3, bytes.count)]
      var value: UInt32 = 0
      for offset in 0..<3 {
        let byte = offset < group.count ? group[group.startIndex + offset] : 0
        value = value << 8 | UInt32(byte)
      }
      for place in 0..<4 {
        let isPadding = place > group.count
        out.append(
          isPadding ? UInt8(ascii: "=") : alphabet[Int(value >> UInt32(18 - 6 * place)) & 63])
      }
      index += 3
    }
    return String(decoding: out, as: UTF8.self)
  }
}
