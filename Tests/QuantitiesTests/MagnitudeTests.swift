import Testing

@testable import Quantities

/// What a person may type as a number, and what is turned away.
struct MagnitudeTests {
  @Test(
    "A number is read with its suffix, exactly",
    arguments: [
      ("0", 0), ("42", 42), ("+42", 42), ("-5", -5), ("1.5", 1.5), (".5", 0.5), ("5.", 5),
      ("750k", 750_000), ("750K", 750_000), ("50m", 5e7), ("50M", 5e7), ("2.5B", 2.5e9),
      ("2.5b", 2.5e9), ("3G", 3e9), ("15T", 15e12), ("1.2P", 1.2e15), ("5e7", 5e7), ("5E+7", 5e7),
      ("25e-1", 2.5), ("50_000_000", 5e7), ("1_0.2_5", 10.25), ("5e3k", 5e6), ("5e-3k", 5),
      // Multiplying would give 100000.00000000001 and 4.3499999999999996e6 or the like.
      ("0.1M", 100_000), ("4.35M", 4_350_000), ("1.1B", 1_100_000_000),
      // Two exponents meet: only their sum counts.
      ("0.0000001e308k", 1e304), ("1e-310T", 1e-298), ("1e400", nil), ("1e308k", nil),
    ] as [(String, Double?)])
  func reads(_ text: String, _ expected: Double?) {
    #expect((try? Magnitude.parse(text)) == expected)
  }

  @Test(
    "What is no number is turned away, with a sentence that says so",
    arguments: [
      ("banana", "“banana” is not a budget (like 750k, 2.5B or 5e7)"),
      ("", "a budget is missing (like 750k, 2.5B or 5e7)"),
      ("  ", "a budget is missing (like 750k, 2.5B or 5e7)"),
      ("1,000", "“1,000” is not a budget (like 750k, 2.5B or 5e7); write digits without commas"),
      ("1,5", "“1,5” is not a budget (like 750k, 2.5B or 5e7); write digits without commas"),
      ("5 M", "“5 M” is not a budget (like 750k, 2.5B or 5e7)"),
      ("1e400", "“1e400” is too large for a budget"),
      ("-1e400", "“-1e400” is too large for a budget"),
      ("1e-400", "“1e-400” is too small for a budget"),
      // Exponents that no machine integer holds, or that overflow one when the suffix is added.
      ("1e99999999999999999999M", "“1e99999999999999999999M” is too large for a budget"),
      ("1e9223372036854775807k", "“1e9223372036854775807k” is too large for a budget"),
      ("1e-9223372036854775807k", "“1e-9223372036854775807k” is too small for a budget"),
      ("5\u{1B}[2J", "“5?[2J” is not a budget (like 750k, 2.5B or 5e7)"),
      ("5\u{9B}2J", "“5?2J” is not a budget (like 750k, 2.5B or 5e7)"),
      ("\u{202E}5", "“?5” is not a budget (like 750k, 2.5B or 5e7)"),
    ] as [(String, String)])
  func refuses(_ text: String, _ sentence: String) {
    #expect(throws: QuantityError(sentence)) { try Magnitude.parse(text, as: "a budget") }
  }

  @Test(
    "Neither stray characters nor words of other languages for numbers pass",
    arguments: [
      ".", "-", "+", "k", "e5", "5e", "5e+", "5ek", "--5", "+-5", "5kk", "5x", "0x10", "inf", "nan",
      "infinity", "_5", "5_", "5__0", "1.2.3", "1._5", "٥", "５", "½", "5\n", "5\0", "5\u{301}",
      "1'000", "1 000", "1\u{A0}000", "$5", "5%",
    ])
  func refusesStrayText(_ text: String) {
    #expect(throws: QuantityError.self) { try Magnitude.parse(text) }
  }

  @Test("The shortest text of a number reads back as the same number")
  func roundTrips() {
    let broken = ManyValues.positive.filter { value in
      (try? Magnitude.parse(Decimals.shortest(value))) != value
        || (try? Magnitude.parse(Decimals.shortest(-value))) != -value
    }
    #expect(broken == [])
  }

  @Test("A suffix means the same as its zeros, for every number of up to four digits")
  func suffixesMatchExponents() throws {
    var broken: [String] = []
    for digits in 1...9999 {
      let text = "\(digits / 100).\(digits % 100 / 10)\(digits % 10)"
      let suffixed = try Magnitude.parse(text + "M")
      if suffixed != Double(digits) * 10_000 { broken.append(text) }
    }
    #expect(broken == [])
  }

  @Test("A quoted text is cut at 40 characters")
  func quotesBriefly() {
    let long = String(repeating: "x", count: 41)
    #expect(Magnitude.printable(long) == String(repeating: "x", count: 40) + "…")
    #expect(Magnitude.printable(String(long.dropLast())) == String(long.dropLast()))
    #expect(Magnitude.printable("Zürich 東京 5€") == "Zürich 東京 5€")
    #expect(Magnitude.printable("a\r\nb\tc\u{7F}\u{2028}") == "a?b?c??")
  }
}
