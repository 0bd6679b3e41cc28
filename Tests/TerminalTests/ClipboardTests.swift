import Testing

@testable import Terminal

@MainActor @Suite struct ClipboardTests {
  /// Test vectors of RFC 4648, section 10.
  @Test(
    "Base 64 is that of the standard",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func base64(text: String, expected: String) {
    #expect(Base64.text(Array(text.utf8)) == expected)
  }

  @Test("A text is handed to the terminal's clipboard in one sequence")
  func copying() throws {
    let terminal = try Headless()
    defer { terminal.session.close() }
    _ = terminal.takeOutput()
    terminal.session.copy("foob")
    #expect(terminal.takeOutput() == "\u{1B}]52;c;Zm9vYg==\u{07}")
  }
}
