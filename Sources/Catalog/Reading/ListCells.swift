import Quantities

/// Cells that hold several words, or a choice that may be left open.
extension TableRow {
  /// Words separated by spaces.
  mutating func words(_ column: String) -> [String] {
    text(column).split(separator: " ").map(String.init)
  }

  /// Words separated by spaces; empty for `any` and for an empty cell.
  mutating func wordsOrAny(_ column: String) -> [String] {
    let words = words(column)
    return words == ["any"] ? [] : words
  }

  /// Words of a closed set, separated by spaces; empty for `any` and for an empty cell.
  mutating func choices<Choice: RawRepresentable & CaseIterable>(
    _ column: String, _ type: Choice.Type
  ) -> [Choice] where Choice.RawValue == String {
    let known = Choice.allCases.map(\.rawValue)
    return wordsOrAny(column).compactMap { word in
      if let value = Choice(rawValue: word) { return value }
      let near = NearMiss.closest(to: word, among: known).map { "; did you mean \($0)?" } ?? ""
      fail(
        column,
        "“\(Magnitude.printable(word))” is not one of \(known.joined(separator: ", "))\(near)")
      return nil
    }
  }

  /// One of a closed set of words, or nil when the cell is empty.
  mutating func optionalChoice<Choice: RawRepresentable & CaseIterable>(
    _ column: String, _ type: Choice.Type
  ) -> Choice? where Choice.RawValue == String {
    text(column).isEmpty ? nil : choice(column, type)
  }

  /// Low, typical and high within a range, in ascending order where known.
  mutating func interval(
    _ low: String, _ typical: String, _ high: String, in range: ClosedRange<Double>
  ) -> Interval {
    let value = interval(low, typical, high)
    for (column, end) in [(low, value.low), (typical, value.typical), (high, value.high)] {
      guard let end, !range.contains(end) else { continue }
      let least = Decimals.shortest(range.lowerBound)
      let most = Decimals.shortest(range.upperBound)
      fail(column, "\(Decimals.shortest(end)) is outside \(least) to \(most)")
    }
    return value
  }

  /// An ISO date of full or reduced precision, or nothing.
  mutating func partialDate(_ column: String) -> String {
    let cell = text(column)
    if !cell.isEmpty && !Self.isDate(cell) {
      fail(column, "“\(Magnitude.printable(cell))” is not a date (2026-11-23, 2026-11 or 2026)")
    }
    return cell
  }

  /// A day of full precision, or nil when the cell is empty.
  mutating func date(_ column: String) -> CalendarDate? {
    let cell = text(column)
    guard !cell.isEmpty else { return nil }
    guard let date = try? CalendarDate(parsing: cell) else {
      fail(column, "“\(Magnitude.printable(cell))” is not a day (2027-02-01)")
      return nil
    }
    return date
  }
}
