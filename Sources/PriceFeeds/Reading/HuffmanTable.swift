/// A canonical Huffman code: how many codes there are of each length, the symbols in their order, and the
/// symbols of short codes by the next nine bits.
struct HuffmanTable {
  var counts = [UInt16](repeating: 0, count: 16)
  var symbols: [UInt16] = []
  /// Symbol times 16 plus length; 0 where the code is longer than nine bits.
  var quick = [UInt16](repeating: 0, count: 512)

  init() {}

  /// - Parameter widths: by symbol, bits of its code; 0 for none.
  init(_ widths: [UInt8]) {
    for width in widths { counts[Int(width)] += 1 }
    counts[0] = 0
    var offsets = [Int](repeating: 0, count: 16)
    var codes = [Int](repeating: 0, count: 16)
    var code = 0
    for length in 1..<16 {
      offsets[length] = length == 1 ? 0 : offsets[length - 1] + Int(counts[length - 1])
      code = (code + Int(counts[length - 1])) << 1
      codes[length] = code
    }
    symbols = [UInt16](repeating: 0, count: widths.count)
    for (symbol, width) in widths.enumerated() where width > 0 {
      let length = Int(width)
      symbols[offsets[length]] = UInt16(symbol)
      offsets[length] += 1
      fill(symbol, length, codes[length])
      codes[length] += 1
    }
  }

  /// Bits of a code arrive with the highest first, other numbers with the lowest first.
  private mutating func fill(_ symbol: Int, _ length: Int, _ code: Int) {
    guard length <= 9, code < 1 << length else { return }
    var reversed = 0
    for bit in 0..<length where code & (1 << bit) != 0 { reversed |= 1 << (length - 1 - bit) }
    var at = reversed
    while at < 512 {
      quick[at] = UInt16(symbol << 4 | length)
      at += 1 << length
    }
  }

  /// The symbol whose code some bits begin with, and the code's length; nil when it is none.
  func symbol(_ bits: UInt64) -> (symbol: Int, length: Int)? {
    let entry = quick[Int(bits & 511)]
    if entry > 0 { return (Int(entry >> 4), Int(entry & 15)) }
    var code = 0
    var first = 0
    var index = 0
    var rest = bits
    for length in 1...15 {
      code |= Int(rest & 1)
      rest >>= 1
      let count = Int(counts[length])
      if code - count < first {
        let place = index + (code - first)
        return symbols.indices.contains(place) ? (Int(symbols[place]), length) : nil
      }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return nil
  }

  static let fixedLengths = HuffmanTable(
    [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
      + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8))
  static let fixedDistances = HuffmanTable([UInt8](repeating: 5, count: 30))
}
