import Catalog
import Testing

@testable import PriceFeeds

@Suite("Scanners of large files")
struct ScannerTests {
  private func records(_ text: String, piece: Int) throws -> [[String]] {
    var scanner = RecordScanner(ByteSource(name: "t", bytes: Array(text.utf8), piece: piece))
    var out: [[String]] = []
    while try scanner.next() { out.append((0..<scanner.count).map { scanner.text($0) }) }
    return out
  }

  private func oracle(_ text: String) throws -> [[String]] {
    var parser = CSVParser()
    var out: [[String]] = []
    try parser.feed(Array(text.utf8)) { record in
      out.append((0..<record.count).map { record.text($0) })
    }
    try parser.finish { record in out.append((0..<record.count).map { record.text($0) }) }
    return out
  }

  static let texts = [
    "a,b\n1,2\n", "a,b\r\n1,2\r\n", "\u{FEFF}a,b\n", "a,\"b,c\"\n", "\"he said \"\"no\"\"\"\n",
    "\"two\nlines\",x\n", ",\n", "\"\"\n", "a\n\n\nb\n", "é,漢字\n", "", "\n\n",
    "\"a\"\"\",\"\"\"b\"\r\nc,d\r\n",
  ]

  @Test("records are those of the catalogue's reader, in pieces of any size", arguments: texts)
  func sameAsCatalogue(text: String) throws {
    for piece in 1...9 {
      #expect(try records(text, piece: piece) == oracle(text))
    }
  }

  @Test("what is no CSV is refused with its line")
  func refuses() {
    for (text, line) in [("a\n\"open\n", 2), ("a\nb\n\"x\"y\n", 3), ("a\nx\"y\n", 2)] {
      for piece in [1, 3, 100] {
        let fault = #expect(throws: Fault.self) { try records(text, piece: piece) }
        #expect(fault?.line == line)
      }
    }
  }

  @Test(
    "a last record without its line end is refused: a number cut in two would pass for a whole one")
  func cut() throws {
    for text in ["a,b\n1,2.5", "a,b\r\n1,\"2\"", "a"] {
      for piece in [1, 3, 100] {
        let fault = #expect(throws: Fault.self) { try records(text, piece: piece) }
        #expect(fault?.message.contains("cut off") == true)
      }
    }
  }

  @Test("lines are counted through line breaks in quotes")
  func lines() throws {
    let text = "a\n\"x\ny\"\nb\n"
    for piece in [1, 4, 100] {
      var scanner = RecordScanner(ByteSource(name: "t", bytes: Array(text.utf8), piece: piece))
      var lines: [Int] = []
      while try scanner.next() { lines.append(scanner.line) }
      #expect(lines == [1, 2, 4])
    }
  }

  /// A document written out again without spaces.
  private func flattened(_ text: String, piece: Int) throws -> String {
    var json = JSONScanner(ByteSource(name: "t", bytes: Array(text.utf8), piece: piece))
    func value() throws -> String {
      switch try json.kind() {
      case .object:
        var parts: [String] = []
        try json.beginObject()
        while try json.nextKey() {
          let key = json.key
          parts.append("\(key):\(try value())")
        }
        return "{\(parts.joined(separator: ","))}"
      case .array:
        var parts: [String] = []
        try json.beginArray()
        while try json.nextElement() { parts.append(try value()) }
        return "[\(parts.joined(separator: ","))]"
      case .word:
        try json.skip()
        return "word"
      case .string, .number: return try json.text() ?? "null"
      }
    }
    let out = try value()
    guard try json.isAtEnd() else { throw json.fault("more") }
    return out
  }

  @Test("JSON is read in pieces of any size, escapes and all")
  func json() throws {
    let text =
      #" {"a" : [1, -2.5e+3, "x\"\\\/\n\u00e9\ud83d\ude00", true, null, {}, []], "é": {"b":"c"}} "#
    let expected = "{a:[1,-2.5e+3,x\"\\/\né😀,word,word,{},[]],é:{b:c}}"
    for piece in [1, 2, 3, 5, 8, 1000] { #expect(try flattened(text, piece: piece) == expected) }
  }

  static let broken = [
    "", "{", "[1", "[1,]", "{\"a\"}", "{\"a\":1,}", "{\"a\" 1}", "[01]", "[1.]", "[1e]", "[.5]",
    "[+1]",
    "\"open", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "[tru]", "[nul", "[1] 2",
    "\"a\u{1}b\"", "{1:2}", "[1 2]", String(repeating: "[", count: 100),
  ]

  @Test("what is no JSON is refused, read or skipped", arguments: broken)
  func refusesJSON(text: String) {
    for piece in [1, 3, 1000] {
      #expect(throws: Fault.self) { try flattened(text, piece: piece) }
      #expect(throws: Fault.self) {
        var json = JSONScanner(ByteSource(name: "t", bytes: Array(text.utf8), piece: piece))
        try json.skip()
        guard try json.isAtEnd() else { throw json.fault("more") }
      }
    }
  }

  @Test("regions and zones are told by their shape")
  func regions() {
    #expect(Region.isAWS("us-east-2") && Region.isAWS("us-gov-west-1"))
    #expect(!Region.isAWS("us-east1") && !Region.isAWS("us-east-2a") && !Region.isAWS(""))
    #expect(Region.isGoogleCloud("us-east1") && Region.isGoogleCloud("northamerica-northeast1"))
    #expect(!Region.isGoogleCloud("europe") && !Region.isGoogleCloud("us-east-2"))
    #expect(Region.ofAWSZone("us-east-2a") == "us-east-2")
    #expect(Region.ofAWSZone("us-east-1-dfw-2a") == "us-east-1-dfw-2a")
    #expect(Region.ofAWSZone("us-east-2") == nil && Region.ofAWSZone("") == nil)
  }
}
