import Testing

@testable import TOMLText

/// Against the examples of the specification, toml.io/en/v1.0.0.
@Suite struct TOMLReadingTests {
  /// The values of a file by their paths, as short texts.
  private func read(_ text: String) -> [String: String] {
    let document = TOMLDocument(text)
    #expect(document.faults.isEmpty, "\(document.faults)")
    return Dictionary(
      document.allEntries.map { ($0.path.joined(separator: "/"), show($0.value)) },
      uniquingKeysWith: { first, _ in first })
  }

  private func show(_ value: TOMLValue) -> String {
    switch value {
    case .text(let text, _): "“\(text)”"
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .date(let year, let month, let day): "\(year)/\(month)/\(day)"
    case .time(let text): text
    case .list(let values): "[\(values.map { show($0) }.joined(separator: " "))]"
    case .table(let entries): "{\(entries.count)}"
    }
  }

  @Test(
    "Values of every kind",
    arguments: [
      (#""I'm a \"text\". \u00E9 \t""#, "“I'm a \"text\". é \t”"),
      (#"'C:\Users\n'"#, #"“C:\Users\n”"#),
      ("\"\"\"\nRoses\nViolets\"\"\"", "“Roses\nViolets”"),
      ("\"\"\"one \\\n   two\"\"\"", "“one two”"),
      ("\"\"\"\"\"two quotes\"\"\"\"\"", "“\"\"two quotes\"\"”"),
      ("'''\nI [dw]on't '''", "“I [dw]on't ”"), ("''", "“”"), ("\"\"", "“”"),
      ("+99", "99"), ("0", "0"), ("-17", "-17"), ("5_349_221", "5349221"),
      ("0xDEADBEEF", "3735928559"),
      ("0o755", "493"), ("0b11010110", "214"), ("3.1415", "3.1415"), ("-0.01", "-0.01"),
      ("5e+22", "5e+22"), ("6.626e-34", "6.626e-34"), ("224_617.445_991_228", "224617.445991228"),
      ("inf", "inf"), ("true", "true"), ("false", "false"), ("1979-05-27", "1979/5/27"),
      ("1979-05-27T07:32:00Z", "1979-05-27T07:32:00Z"),
      ("1979-05-27 00:32:00.999-07:00", "1979-05-27 00:32:00.999-07:00"), ("07:32:00", "07:32:00"),
      ("[ 1, [ 2, 3 ], \"a\", ]", "[1 [2 3] “a”]"), ("[\n  1, # one\n  2\n]", "[1 2]"),
    ])
  func values(literal: String, expected: String) {
    for end in ["\n", "\r\n", "", " # remark"] {
      #expect(read("key = \(literal)\(end)") == ["key": expected])
    }
  }

  @Test("Keys bare, quoted and dotted, headings, inline tables, remarks and a byte-order mark")
  func keys() {
    let text = """
      \u{FEFF}# remark
      "127.0.0.1" = 1
      site . "google.com" = 2
      'quoted "value"' = 3
      [ a . 'b' ] # remark
      c.d = 4
      [a]
      x = { y = 5, z.w = { }, }
      [[list]]
      k = 6
      [[list]]
      k = 7
      """
    for text in [text, text.replacing("\n", with: "\r\n")] {
      #expect(
        read(text) == [
          "127.0.0.1": "1", "site/google.com": "2", "quoted \"value\"": "3", "a/b/c/d": "4",
          "a/x": "{2}", "a/x/y": "5", "a/x/z/w": "{0}", "list/k": "6",
        ])
      #expect(TOMLDocument(text).entries.map(\.line) == [2, 3, 4, 6, 8, 10, 12])
    }
  }

  @Test(
    "What is wrong is named with its place and the cure",
    arguments: [
      ("a = 1\na = 2", 2, 1, "a is set in line 1 already"),
      ("[job]\n[goal]\n[job]", 3, 1, "job is set in line 1 already"),
      ("job.a = 1\n[job]\nb = 1", 2, 1, "job is set in line 1 already"),
      ("job = { a = 1 }\njob.b = 2", 2, 1, "job is set in line 1 already"),
      ("[a]\nb.c = 1\n[a.b.c]", 3, 1, "a.b.c is set in line 2 already"),
      ("t = { a = 1, a = 2 }", 1, 14, "t.a is set in line 1 already"),
      ("budget = 50M", 1, 10, "“50M” needs quotes: \"50M\""),
      ("budget = $50M # x", 1, 10, "“$50M” needs quotes: \"$50M\""),
      ("budget = 20 million", 1, 10, "“20 million” is written \"20M\""),
      ("budget = 50,000", 1, 10, "“50,000” has commas; write 50000"),
      ("budget = 50,00", 1, 10, "“50,00” needs quotes"),
      ("d = 31 March 2027", 1, 5, "write it as 2027-03-31"), ("d = March 2027", 1, 5, "is no date"),
      ("d = may be", 1, 5, "needs quotes: \"may be\""),
      ("é = { a = 180d, b = 1 }", 1, 1, "expected name = value"),
      ("e = { a = 180d, b = 1 }", 1, 11, "“180d” needs quotes: \"180d\""),
      ("a = True", 1, 5, "in lower case: true"), ("a = “50M”", 1, 5, "write \"50M\""),
      ("a = 2026-02-30", 1, 5, "is no day of the calendar"), ("a = 012", 1, 5, "needs quotes"),
      ("a = 1__0", 1, 5, "needs quotes"), ("a = 99999999999999999999", 1, 5, "needs quotes"),
      ("a =", 1, 4, "a value is expected"), ("a = \"x", 1, 5, "no closing quote"),
      ("a = \"x\r\nb = 1", 1, 5, "no closing quote"), ("a = \"x\" y", 1, 9, "“y” is left over"),
      ("a = \"C:\\d\"", 1, 8, "backslash"), ("a = [1, 2", 1, 5, "no ]"), ("a = [1 2]", 1, 6, ""),
      ("a = { b = 1", 1, 5, "no }"), ("[job", 1, 5, "no ]"), ("[]", 1, 2, "a heading like [job]"),
      ("a", 1, 1, "expected name = value"), ("= 1", 1, 1, "expected name = value"),
      ("a = 1\n\0\nb = 2", 2, 1, "NUL"), ("a = 1 # \u{1B}[2J", 1, 9, "U+001B"),
      ("a = \"\u{7}\"", 1, 6, "U+0007"), ("a = 1\rb = 2\r", 1, 6, "carriage return"),
    ])
  func faults(text: String, line: Int, column: Int, message: String) {
    let faults = TOMLDocument(text).faults
    #expect(faults.first?.line == line && faults.first?.column == column, "\(faults)")
    #expect(faults.first?.message.contains(message) == true, "\(faults)")
  }

  @Test("Reading goes on after a fault, so that all are named at once")
  func all() {
    let document = TOMLDocument("a = x\nb = 1\nc = y\n")
    #expect(document.faults.map(\.line) == [1, 3])
    #expect(document.entry(["b"])?.value == .integer(1))
  }

  @Test("Other encodings are named")
  func encodings() {
    #expect(
      TOMLDocument(bytes: [0xFF, 0xFE, 0x61, 0]).faults.first?.message.contains("UTF-16") == true)
    let latin = TOMLDocument(bytes: Array("a = 1\n# caf".utf8) + [0xE9, 0x0A])
    #expect(latin.faults.map(\.line) == [2] && latin.faults.map(\.column) == [6])
  }

  @Test("A file that nests without end is refused")
  func depth() {
    let text = "a = " + String(repeating: "[", count: 100_000)
    #expect(TOMLDocument(text).faults.first?.message.contains("too deep") == true)
  }
}
