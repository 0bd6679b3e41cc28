import Catalog

/// The lines of a log as bytes, with what terminals and progress bars leave in it taken out.
struct LogText {
  let file: String
  let lines: [Line]
  /// Whether the last line has no end: the log was cut there, or is still written.
  let isCut: Bool

  /// One line without its end.
  struct Line {
    /// From 1, as editors count.
    var number: Int
    var bytes: ArraySlice<UInt8>

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Where a phrase ends; nil when the line hasn't it.
    func end(of phrase: StaticString) -> Int? {
      let count = phrase.utf8CodeUnitCount
      let wanted = UnsafeBufferPointer(start: phrase.utf8Start, count: count)
      guard let first = wanted.first, bytes.count >= count else { return nil }
      var at = bytes.startIndex
      let last = bytes.endIndex - count
      while at <= last {
        if bytes[at] == first, bytes[at..<(at + count)].elementsEqual(wanted) { return at + count }
        at += 1
      }
      return nil
    }

    func has(_ phrase: StaticString) -> Bool { end(of: phrase) != nil }

    /// The number right after a phrase, spaces left out.
    func number(after phrase: StaticString) -> Double? {
      guard let end = end(of: phrase) else { return nil }
      return Self.number(bytes[end...])
    }

    /// The number that a piece begins with: thousands commas are dropped; K, M, G, B and T behind it
    /// multiply by powers of 1,000.
    static func number(_ piece: ArraySlice<UInt8>) -> Double? {
      var digits: [UInt8] = []
      var rest = piece.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      while let byte = rest.first {
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        if isDigit || byte == UInt8(ascii: ".") {
          digits.append(byte)
        } else if byte == UInt8(ascii: ",") {
          // A comma is of thousands only between digits, three of them behind it.
          let next = rest.dropFirst().prefix(4)
          let three = next.prefix(3).filter { (48...57).contains($0) }.count == 3
          let four = next.count == 4 && next.last.map { (48...57).contains($0) } == true
          guard !digits.isEmpty, three, !four else { break }
        } else if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E"), !digits.isEmpty {
          let after = rest.dropFirst()
          guard let sign = after.first, sign == 43 || sign == 45 || (48...57).contains(sign) else {
            break
          }
          digits += [byte, sign]
          rest = rest.dropFirst()
        } else if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"), digits.isEmpty {
          digits.append(byte)
        } else {
          break
        }
        rest = rest.dropFirst()
      }
      guard let value = Double(String(decoding: digits, as: UTF8.self)), value.isFinite else {
        return nil
      }
      switch rest.first {
      case UInt8(ascii: "K"), UInt8(ascii: "k"): return value * 1e3
      case UInt8(ascii: "M"): return value * 1e6
      case UInt8(ascii: "G"), UInt8(ascii: "B"): return value * 1e9
      case UInt8(ascii: "T"): return value * 1e12
      default: return value
      }
    }
  }

  /// - Throws: `Fault` where the file is no text: packed, UTF-16, or with a NUL in it.
  init(file: String, bytes: [UInt8]) throws(Fault) {
    self.file = file
    func fault(_ line: Int?, _ message: String) -> Fault {
      Fault(file: file, line: line, message: message)
    }
    if bytes.starts(with: [0x1F, 0x8B]) || bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      throw fault(1, "is compressed; unpack it first: gzip -dc FILE | plan calibrate - …")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw fault(1, "is UTF-16; convert it: iconv -f UTF-16 -t UTF-8 FILE")
    }
    var lines: [Line] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = 1
    for at in bytes.indices where at >= start {
      switch bytes[at] {
      case 0: throw fault(number, "holds a NUL; it is no text, or was damaged")
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if at > start { lines.append(Line(number: number, bytes: bytes[start..<at])) }
        start = at + 1
        if bytes[at] == UInt8(ascii: "\n") { number += 1 }
      default: break
      }
    }
    isCut = start < bytes.count
    if isCut { lines.append(Line(number: number, bytes: bytes[start...])) }
    self.lines = lines.map { Line(number: $0.number, bytes: Self.plain($0.bytes)) }
  }

  /// A line without the sequences that colour a terminal.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard bytes.contains(0x1B) else { return bytes }
    var out: [UInt8] = []
    var at = bytes.startIndex
    while at < bytes.endIndex {
      guard bytes[at] == 0x1B, at + 1 < bytes.endIndex, bytes[at + 1] == UInt8(ascii: "[") else {
        if bytes[at] != 0x1B { out.append(bytes[at]) }
        at += 1
        continue
      }
      at += 2
      while at < bytes.endIndex, !(0x40...0x7E).contains(bytes[at]) { at += 1 }
      at += 1
    }
    return out[...]
  }
}
