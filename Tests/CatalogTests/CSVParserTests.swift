import Testing

@testable import Catalog

/// Records of a text as arrays of fields, fed in chunks of a given size.
private func records(_ text: String, chunk: Int = 1 << 20) throws -> [[String]] {
  var parser = CSVParser()
  var out: [[String]] = []
  let bytes = Array(text.utf8)
  for start in stride(from: 0, to: bytes.count, by: chunk) {
    try parser.feed(bytes[start..<min(start + chunk, bytes.count)]) { record in
      out.append((0..<record.count).map { record.text($0) })
    }
  }
  try parser.finish { record in out.append((0..<record.count).map { record.text($0) }) }
  return out
}

@Suite("RFC 4180 reader")
struct CSVParserTests {
  static let cases: [(text: String, expected: [[String]])] = [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
    ("\u{FEFF}a,b\n", [["a", "b"]]),
    ("a,\"b,c\"\n", [["a", "b,c"]]),
    ("\"he said \"\"no\"\"\"\n", [["he said \"no\""]]),
    ("\"two\nlines\",x\n", [["two\nlines", "x"]]),
    (",\n", [["", ""]]),
    ("\"\"\n", [[""]]),
    ("a\n\n\nb\n", [["a"], ["b"]]),
    ("é,漢字\n", [["é", "漢字"]]),
    ("", []),
  ]

  @Test("reads every shape of field the RFC allows", arguments: cases)
  func reads(text: String, expected: [[String]]) throws {
    #expect(try records(text) == expected)
  }

  @Test("gives the same records whatever the size of the chunks", arguments: 1...7)
  func chunks(size: Int) throws {
    let text = "\u{FEFF}a,\"b\r\nb\"\r\n\"c\"\"c\",d\r\n"
    #expect(try records(text, chunk: size) == [["a", "b\r\nb"], ["c\"c", "d"]])
  }

  @Test("refuses what is no CSV, with the line")
  func refuses() {
    #expect(throws: CSVParser.SyntaxError.self) { try records("a\n\"open\n") }
    #expect(throws: CSVParser.SyntaxError.self) { try records("a\n\"x\"y\n") }
    #expect(throws: CSVParser.SyntaxError.self) { try records("a\nx\"y\n") }
  }
}
