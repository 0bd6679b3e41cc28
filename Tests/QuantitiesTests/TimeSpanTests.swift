import Quantities
import Testing

/// Lengths of time as people type and read them.
struct TimeSpanTests {
  @Test(
    "A span is read in every unit",
    arguments: [
      ("36h", 36), ("1hour", 1), ("90d", 2160), ("90 days", 2160), (" 90d ", 2160), ("1.5d", 36),
      ("12w", 2016), ("6mo", 4382.91), ("1 month", 730.485), ("1y", 8760), ("2yr", 17_520),
      ("30min", 0.5), ("1 minute", 1.0 / 60), ("0d", 0), ("1e3h", 1000),
    ] as [(String, Double)])
  func reads(_ text: String, _ hours: Double) throws {
    #expect(try TimeSpan(parsing: text) == TimeSpan(hours: hours))
  }

  @Test(
    "What is no span is turned away",
    arguments: [
      ("90", "“90” is not a deadline (like 36h, 90d, 12w, 6mo or 1y)"),
      ("d", "“d” is not a deadline (like 36h, 90d, 12w, 6mo or 1y)"),
      ("", "“” is not a deadline (like 36h, 90d, 12w, 6mo or 1y)"),
      ("banana", "“banana” is not a deadline (like 36h, 90d, 12w, 6mo or 1y)"),
      ("5m", "“5m” is not a deadline (like 36h, 90d, 12w, 6mo or 1y)"),
      ("5kd", "“5kd” is not a deadline (like 36h, 90d, 12w, 6mo or 1y)"),
      ("9 0d", "“9 0d” is not a deadline (like 36h, 90d, 12w, 6mo or 1y)"),
      ("90d12h", "“90d12h” is not a deadline (like 36h, 90d, 12w, 6mo or 1y)"),
      ("1,5d", "“1,5d” is not a deadline (like 36h, 90d, 12w, 6mo or 1y)"),
      ("-5d", "“-5d” is not a deadline: it must be 0 or more"),
      ("1e400d", "“1e400d” is too large for a deadline"),
      ("1e308y", "“1e308y” is too large for a deadline"),
    ] as [(String, String)])
  func refuses(_ text: String, _ sentence: String) {
    #expect(throws: QuantityError(sentence)) { try TimeSpan(parsing: text, as: "a deadline") }
  }

  @Test("A printed span reads back as the same span")
  func roundTrips() {
    let spans = ManyValues.positive.flatMap { [TimeSpan(hours: $0), TimeSpan(days: $0)] }
    #expect(spans.filter { (try? TimeSpan(parsing: $0.roundTrip)) != $0 } == [])
    #expect(TimeSpan(days: 90).roundTrip == "90d")
    #expect(TimeSpan(hours: 36).roundTrip == "36h")
  }
}
