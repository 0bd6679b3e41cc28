/// Prices as files write them: digits with perhaps a point and an exponent, nothing else.
enum DecimalText {
  /// The number a text stands for, or nil when it isn't a plain, finite number of 0 or more.
  static func parse(_ text: String) -> Double? {
    let isPlain = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "+")
    }
    guard isPlain, let value = Double(text), value.isFinite, value >= 0 else { return nil }
    return value
  }
}
