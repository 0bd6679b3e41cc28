import Screen
import Testing

@Suite struct DisplayWidthTests {
  /// Widths after Unicode Standard Annex 11 (East Asian Width) and Markus Kuhn's wcwidth.
  @Test(
    "Characters take the columns that terminals give them",
    arguments: [
      ("a", 1), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("ｶﾅ", 2), ("カナ", 4), ("한글", 4),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("Ａ", 2), ("─│┼", 3), ("█▌▏", 3), ("⣿", 1), ("…", 1),
      ("🙂", 2), ("⌚", 2), ("☺", 1), ("\u{200D}", 0), ("\u{20DD}", 0), ("€", 1), ("", 0),
      ("\u{302A}", 0), ("〈", 2), ("\u{AD}", 1), ("アﾞ", 3), ("\u{5D0}\u{5B0}", 1),
    ])
  func widths(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test(
    "Characters that steer a terminal or turn the reading direction are unprintable",
    arguments: [
      (0x1B, true), (0x07, true), (0x0A, true), (0x7F, true), (0x9B, true), (0x202E, true),
      (0x2066, true), (0x2028, true), (0xFEFF, true), (0x41, false), (0xE9, false),
      (0x200D, false), (0x2500, false), (0x301, false),
    ])
  func unprintable(value: Int, expected: Bool) throws {
    let scalar = try #require(Unicode.Scalar(UInt32(value)))
    #expect(DisplayWidth.isUnprintable(scalar) == expected)
  }

  @Test(
    "Clipped text says that something is missing",
    arguments: [
      ("Trainium", 8, "Trainium"), ("Trainium", 5, "Trai…"), ("Trainium", 1, "…"),
      ("Trainium", 0, ""), ("漢字表", 5, "漢字…"), ("漢字表", 4, "漢…"),
      ("e\u{301}ta\u{301}t", 3, "e\u{301}t…"),
    ])
  func clipping(text: String, columns: Int, expected: String) {
    #expect(DisplayWidth.clip(text, to: columns) == expected)
  }

  @Test(
    "Paragraphs break at spaces and cut only words longer than a line",
    arguments: [
      ("one two three", 7, 0, ["one two", "three"]), ("one two", 3, 0, ["one", "two"]),
      ("abcdefgh", 3, 0, ["abc", "def", "gh"]), ("one two three", 9, 2, ["one two", "  three"]),
      ("漢字表示", 5, 0, ["漢字", "表示"]), ("", 5, 0, [""]), ("a", 0, 0, []),
      ("a bbbbbbb", 4, 1, ["a", " bbb", " bbb", " b"]),
    ])
  func paragraphs(text: String, width: Int, indent: Int, expected: [String]) {
    #expect(Paragraph.lines(text, width: width, indent: indent) == expected)
  }
}
