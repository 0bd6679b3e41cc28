import Quantities
import Testing

/// Amounts of dollars as people type and read them.
struct MoneyTests {
  @Test(
    "An amount is read with or without its currency mark",
    arguments: [
      ("50M", 5e7), ("$50M", 5e7), ("$ 50M", 5e7), ("USD 50M", 5e7), ("USD50M", 5e7),
      ("US$50M", 5e7), (" 50M ", 5e7), ("2.5B", 2.5e9), ("750k", 750_000), ("5e7", 5e7),
      ("50_000_000", 5e7), ("$0.1M", 100_000), ("-5", -5), ("-$5", -5), ("$-5", -5), ("0", 0),
    ] as [(String, Double)])
  func reads(_ text: String, _ dollars: Double) throws {
    #expect(try Money(parsing: text) == Money(dollars: dollars))
  }

  @Test(
    "What is no amount is turned away and quoted as it was typed",
    arguments: [
      ("banana", "“banana” is not a budget (like 750k, 2.5B or 5e7)"),
      ("$1,000", "“$1,000” is not a budget (like 750k, 2.5B or 5e7); write digits without commas"),
      ("5 M", "“5 M” is not a budget (like 750k, 2.5B or 5e7)"),
      ("$5 0 M", "“$5 0 M” is not a budget (like 750k, 2.5B or 5e7)"),
      ("$", "“$” is not a budget (like 750k, 2.5B or 5e7)"),
      ("$$5", "“$$5” is not a budget (like 750k, 2.5B or 5e7)"),
      ("-$-5", "“-$-5” is not a budget (like 750k, 2.5B or 5e7)"),
      ("--5", "“--5” is not a budget (like 750k, 2.5B or 5e7)"),
      ("€5", "“€5” is not a budget (like 750k, 2.5B or 5e7)"),
      ("$1e400", "“$1e400” is too large for a budget"),
      ("", "a budget is missing (like 750k, 2.5B or 5e7)"),
    ] as [(String, String)])
  func refuses(_ text: String, _ sentence: String) {
    #expect(throws: QuantityError(sentence)) {
      try Money(parsing: text, as: "a budget")
    }
  }

  @Test("An amount printed in full reads back as the same amount, also when owed")
  func roundTrips() {
    let amounts = ManyValues.positive.flatMap { [Money(dollars: $0), Money(dollars: -$0)] }
    #expect(amounts.filter { (try? Money(parsing: $0.roundTrip)) != $0 } == [])
    #expect(Money(dollars: 5e7).roundTrip == "$50000000")
  }

  @Test(
    "Cents and the exact text round alike, halves away from zero on the exact binary value",
    arguments: [
      (49_876_543.214, 4_987_654_321, "49876543.21"), (0.125, 13, "0.13"), (-0.125, -13, "-0.13"),
      // 1.115 and 1.005 are held as slightly less, 1.025 and 2.675 too.
      (1.115, 111, "1.11"), (1.005, 100, "1.00"), (1.025, 102, "1.02"), (2.675, 267, "2.67"),
      (-0.004, 0, "0.00"), (1e16, 1_000_000_000_000_000_000, "10000000000000000.00"),
    ] as [(Double, Int64, String)])
  func rounds(_ dollars: Double, _ cents: Int64, _ exact: String) {
    #expect(Money(dollars: dollars).cents == cents)
    #expect(Money(dollars: dollars).exact == exact)
  }

  @Test("Cents never trap, however large the amount")
  func centsAreBounded() {
    #expect(Money(dollars: 1e300).cents == .max)
    #expect(Money(dollars: -.infinity).cents == -.max)
    #expect(Money(dollars: .nan).cents == 0)
  }

  @Test(
    "The short form fits a narrow column",
    arguments: [(5e7, "$50.0M"), (-1500, "-$1.50k"), (0, "$0"), (12, "$12"), (0.5, "$0.50")]
      as [(Double, String)])
  func prints(_ dollars: Double, _ expected: String) {
    #expect(Money(dollars: dollars).short == expected)
  }
}
