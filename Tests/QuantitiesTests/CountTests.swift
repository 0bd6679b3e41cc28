import Quantities
import Testing

/// Counts of parameters, tokens and chips as people type and read them.
struct CountTests {
  @Test(
    "A count is read with or without a suffix",
    arguments: [("70B", 70e9), ("15T", 15e12), ("8192", 8192), (" 8192 ", 8192), ("1.5k", 1500)]
      as [(String, Double)])
  func reads(_ text: String, _ expected: Double) throws {
    #expect(try Count.parse(text, as: "a count of tokens") == expected)
  }

  @Test(
    "A count must be a number above zero",
    arguments: [
      ("-5", "“-5” is not a number of chips: it must be more than 0"),
      ("0", "“0” is not a number of chips: it must be more than 0"),
      ("-0", "“-0” is not a number of chips: it must be more than 0"),
      ("banana", "“banana” is not a number of chips (like 750k, 2.5B or 5e7)"),
      ("5 M", "“5 M” is not a number of chips (like 750k, 2.5B or 5e7)"),
      ("1 2", "“1 2” is not a number of chips (like 750k, 2.5B or 5e7)"),
      ("1e400", "“1e400” is too large for a number of chips"),
      ("", "a number of chips is missing (like 750k, 2.5B or 5e7)"),
    ] as [(String, String)])
  func refuses(_ text: String, _ sentence: String) {
    #expect(throws: QuantityError(sentence)) { try Count.parse(text, as: "a number of chips") }
  }

  @Test(
    "The short form has three significant digits",
    arguments: [
      (70_553_706_496, "70.6B"), (15e12, "15.0T"), (8192, "8.19k"), (999, "999"),
      (999_499, "999k"), (999_500, "1.00M"),
    ] as [(Double, String)])
  func prints(_ value: Double, _ expected: String) {
    #expect(Count.short(value) == expected)
  }
}
