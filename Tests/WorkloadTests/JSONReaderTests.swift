import Catalog
import Testing

@testable import Workload

@Suite struct JSONReaderTests {
  @Test("values of every kind are read with their positions")
  func values() throws {
    let text =
      "\u{FEFF}{\n  \"a\": [1, -2.5e3, true],\n  \"b\": {\"c\": null, \"d\": \"x\\u00e9\\n\\ud83d\\ude00\"}\n}\n"
    let node = try JSONReader.read(text, file: "t")
    guard case .object(let members) = node.value else { throw Fault(file: "t", message: "?") }
    #expect(members.map(\.key) == ["a", "b"])
    guard case .array(let items) = members[0].node.value else {
      throw Fault(file: "t", message: "?")
    }
    #expect(items.map(\.value) == [.number("1"), .number("-2.5e3"), .boolean(true)])
    #expect(items[1].position == TextPosition(line: 2, column: 12))
    guard case .object(let inner) = members[1].node.value else {
      throw Fault(file: "t", message: "?")
    }
    #expect(inner.map(\.node.value) == [.null, .string("xé\n😀")])
  }

  @Test(
    "what is not JSON is refused at its line and column",
    arguments: [
      ("", 1, "1"), ("{", 1, "2"), ("{\"a\": 01}", 1, "8"), ("{\"a\": .5}", 1, "7"),
      ("{\"a\": 1,}", 1, "9"), ("[1,]", 1, "4"), ("{\"a\": 1\n \"b\": 2}", 2, "2"),
      ("{'a': 1}", 1, "2"), ("{\"a\": NaN}", 1, "7"), ("{\"a\": 1} x", 1, "10"),
      ("{\"a\": 1, \"a\": 2}", 1, "10"), ("\"a\\x\"", 1, "4"), ("\"\\ud800\"", 1, "8"),
      ("\"abc", 1, "5"), ("\"a\tb\"", 1, "3"), ("-", 1, "2"), ("1.", 1, "3"), ("tru", 1, "1"),
      ("{\"a\" 1}", 1, "6"), ("// no\n1", 1, "1"),
    ])
  func refused(text: String, line: Int, column: String) {
    #expect {
      try JSONReader.read(text, file: "t.json")
    } throws: { error in
      guard let fault = error as? Fault else { return false }
      return fault.line == line && fault.column == "column \(column)" && fault.file == "t.json"
    }
  }

  @Test("Python's numbers are read where they are asked for, and the last of equal keys counts")
  func python() throws {
    let text = "{\"a\": [Infinity, -Infinity, NaN, -1], \"b\": 1, \"b\": 2}"
    let node = try JSONReader.read(text, file: "t", dialect: .python)
    guard case .object(let members) = node.value, case .array(let items) = members[0].node.value
    else { throw Fault(file: "t", message: "?") }
    #expect(
      items.map(\.value) == [
        .number("Infinity"), .number("-Infinity"), .number("NaN"), .number("-1"),
      ])
    #expect(members.map(\.key) == ["a", "b"] && members[1].node.value == .number("2"))
    #expect(throws: Fault.self) {
      try JSONReader.read("{\"a\": Infinite}", file: "t", dialect: .python)
    }
  }

  @Test("deep nesting is refused, not followed")
  func deep() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: Fault.self) { try JSONReader.read(text, file: "t") }
  }
}
