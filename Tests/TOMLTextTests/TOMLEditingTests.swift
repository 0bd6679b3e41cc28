import Testing

@testable import TOMLText

@Suite struct TOMLEditingTests {
  @Test(
    "A value is changed where it stands, or added to its table",
    arguments: [
      ("[job]\r\na = 1 # x\r\n", "[job]\r\na = 9 # x\r\n"),
      ("job.a\t=1\n", "job.a\t=9\n"), ("job = {a=1, b=2}\n", "job = {a=9, b=2}\n"),
      ("[\"job\"]\n 'a' = [\n1,\n]", "[\"job\"]\n 'a' = 9"),
      ("[job]\r\n\tb = 2\r\n\r\n[x]\r\n", "[job]\r\n\tb = 2\r\n\ta = 9\r\n\r\n[x]\r\n"),
      ("[job]", "[job]\na = 9\n"), ("job.b = 2\n[x]\n", "job.b = 2\njob.a = 9\n[x]\n"),
      ("job = { b = 2 }", "job = { b = 2, a = 9 }"), ("job = {}", "job = { a = 9 }"),
      ("job = {\n  b = 2, # two\n}", "job = {\n  b = 2, a = 9, # two\n}"),
      ("[job.c]\nd = 1\n", "[job.c]\nd = 1\n\n[job]\na = 9\n"), ("", "[job]\na = 9\n"),
      ("\u{FEFF}", "\u{FEFF}[job]\na = 9\n"), ("x = 1\r\n", "x = 1\r\n\r\n[job]\r\na = 9\r\n"),
      ("x = '''\n[job]\na = 1\n'''\n", "x = '''\n[job]\na = 1\n'''\n\n[job]\na = 9\n"),
    ])
  func setting(text: String, expected: String) {
    let changed = TOMLDocument(text).setting(["job", "a"], to: "9")
    #expect(Array(changed.text.utf8) == Array(expected.utf8), "\(changed.text)")
    #expect(changed.entry(["job", "a"])?.value == .integer(9) && changed.faults.isEmpty)
  }

  @Test(
    "What is removed leaves everything else",
    arguments: [
      ("[job]\r\na = 1 # x\r\nb = 2\r\n", "[job]\r\nb = 2\r\n"),
      ("job = {a=1, b=2}\n", "job = {b=2}\n"), ("job = { b = 2 , a = 1 }", "job = { b = 2 }"),
      ("job = { a = 1, }", "job = {}"), ("\u{FEFF}job.a = 1\nx = 1", "\u{FEFF}x = 1"),
      ("[job]\n# why\na.b = 1\na.c = 2\n", "[job]\n# why\n"),
      ("x = 1\n[job.a]\nb = 1\n", "x = 1\n"),
      ("job = { a.b = 1, c = 2 }", "job = { c = 2 }"), ("x = 1\n", "x = 1\n"),
    ])
  func removing(text: String, expected: String) {
    #expect(TOMLDocument(text).removing(["job", "a"]).text == expected)
  }

  @Test("An entry of the top stands before all headings")
  func top() {
    #expect(TOMLDocument("# x\n[job]\n").setting(["a"], to: "9").text == "a = 9\n# x\n[job]\n")
    #expect(TOMLDocument("b = 1\n[job]\n").setting(["a"], to: "9").text == "b = 1\na = 9\n[job]\n")
  }

  @Test("A text reads back as it was, whatever it holds")
  func literals() {
    for text in ["", "a\"b\\c", "\u{0}\n\r\t\u{7F}\u{1B}", "é漢\u{1F600}", "C:\\Users"] {
      let document = TOMLDocument("[\(TOMLLiteral.key(text))]\na = \(TOMLLiteral.text(text))")
      #expect(document.entry([text, "a"])?.value == .text(text, isLiteral: false))
    }
  }
}
