import Economics
import Planning
import Quantities

/// Where the gap between two options comes from, in every format.
public struct ComparisonReport {
  let found: OptionComparison
  let plan: Plan

  public init(_ found: OptionComparison, in plan: Plan) {
    self.found = found
    self.plan = plan
  }

  /// The comparison in a format.
  ///
  /// - Parameter style: of a table on a terminal.
  public func render(_ format: ReportFormat, style: TextStyle = TextStyle()) -> String {
    switch format {
    case .table: table(style)
    case .json: json.document
    default: sheet.render(format)
    }
  }

  // MARK: The parts

  /// One line of a part: a line of the bill, or a cause of a gap.
  private struct Row {
    var name: String
    var label: String
    var first: JSONValue
    var second: JSONValue
    var unit: String
    /// In the part's unit.
    var gap: JSONValue
  }

  private struct Part {
    var name: String
    var title: String
    var unit: String
    var rows: [Row]
    var total: Row
  }

  private var parts: [Part] {
    let bill = found.bill
    var lines = bill.items.map { row($0) } + [row(bill.cash)]
    if let left = bill.left { lines.append(row(left)) }
    let economic = bill.economic ?? bill.cash
    return [
      Part(
        name: "bill", title: "The bill of the median run", unit: "USD", rows: lines,
        total: row(economic)),
      causes(
        "cash", "Why the cash differs", "USD", found.cashDrivers, bill.cash.first,
        bill.cash.second, decimals: 2),
      causes(
        "economic", "Why the economic cost differs", "USD", found.economicDrivers, economic.first,
        economic.second, decimals: 2),
      causes(
        "time", "Why the end differs", "days", found.timeDrivers, found.days.first,
        found.days.second, decimals: 2),
      causes(
        "loss", "Why the loss differs", "nats per token", found.lossDrivers, found.loss.first,
        found.loss.second, decimals: 4),
    ]
  }

  private func row(_ line: CostComparison.Line) -> Row {
    Row(
      name: line.term, label: line.label, first: Self.fixed(line.first, 2),
      second: Self.fixed(line.second, 2), unit: "USD", gap: Self.fixed(line.gap, 2))
  }

  private func causes(
    _ name: String, _ title: String, _ unit: String, _ drivers: [GapDriver], _ first: Int64,
    _ second: Int64, decimals: Int
  ) -> Part {
    Part(
      name: name, title: title, unit: unit,
      rows: drivers.map { driver in
        Row(
          name: driver.name, label: driver.label, first: .significant(driver.first, 6),
          second: .significant(driver.second, 6), unit: driver.unit,
          gap: Self.fixed(driver.share, decimals))
      },
      total: Row(
        name: "total", label: "total", first: Self.fixed(first, decimals),
        second: Self.fixed(second, decimals), unit: unit,
        gap: Self.fixed(second - first, decimals)))
  }

  /// Whole units of a resolution as a number with so many decimals, exact.
  private static func fixed(_ units: Int64, _ decimals: Int) -> JSONValue {
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = units < 0 ? "-" : ""
    return .number("\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))")
  }

  // MARK: For scripts

  private var sheet: Sheet {
    var sheet = Sheet(columns: [
      .init("part", "Part"), .init("line", "Line"), .init("label", "Label"),
      .init("first", "First", numeric: true), .init("second", "Second", numeric: true),
      .init("unit", "Unit"), .init("gap", "Gap", numeric: true), .init("gap_unit", "Gap unit"),
    ])
    for part in parts {
      sheet.rows += (part.rows + [part.total]).map { row in
        [
          .string(part.name), .string(row.name), .string(row.label), row.first, row.second,
          .text(row.unit), row.gap, .string(part.unit),
        ]
      }
    }
    return sheet
  }

  private var json: JSONValue {
    func object(_ row: Row) -> JSONValue {
      .object([
        .init("line", .string(row.name)), .init("label", .string(row.label)),
        .init("first", row.first), .init("second", row.second), .init("unit", .text(row.unit)),
        .init("gap", row.gap),
      ])
    }
    return .object(
      [
        .init("first", .string(found.first.id)), .init("second", .string(found.second.id)),
      ]
        + parts.map { part in
          .init(
            part.name,
            .object([
              .init("unit", .string(part.unit)), .init("lines", .array(part.rows.map(object))),
              .init("total", object(part.total)),
            ]))
        })
  }

  // MARK: For people

  private func table(_ style: TextStyle) -> String {
    let names = zip(["A", "B"], [found.first, found.second]).map { letter, option in
      let rank = plan.ranked.firstIndex { $0.id == option.id }.map { "#\($0 + 1)" } ?? "ruled out"
      return "\(letter)  \(rank)  \(option.id)\n"
    }
    return names.joined() + summary
      + parts.filter { !$0.rows.isEmpty }.map { table($0, style) }.joined()
      + "\nCauses share a gap by their average effect over every order of changing A into B one at a "
      + "time\n(Shapley value): they sum to it exactly, and what is the same in both counts nothing. "
      + "The run's cost is\nwhat is paid for the chips while they work: the rent, or for bought servers "
      + "their whole price with\nhall, power and people; its price is by the hour and by the peak rate, "
      + "so that larger chips compare.\n"
  }

  private var summary: String {
    let bill = found.bill
    func money(_ cents: Int64, _ what: String) -> String {
      guard cents != 0 else { return "the same \(what)" }
      let amount = Money(dollars: Double(cents.magnitude) / 100).short
      return "\(amount) \(cents > 0 ? "more" : "less") \(what)"
    }
    let days = Double(found.days.second - found.days.first) / 100
    let loss = found.loss.second - found.loss.first
    let end =
      found.days.first == found.days.second
      ? "ends the same day"
      : "ends \(Decimals.fixed(abs(days), 1)) days \(days > 0 ? "later" : "sooner")"
    let worse =
      loss == 0
      ? "with the same loss"
      : "with a loss \(Decimals.fixed(Double(loss.magnitude) / 1e4, 4)) \(loss > 0 ? "higher" : "lower")"
    return
      "B takes \(money(bill.cash.gap, "cash")) and \(money((bill.economic ?? bill.cash).gap, "economic cost")), "
      + "\(end), \(worse).\n"
  }

  private func table(_ part: Part, _ style: TextStyle) -> String {
    let isBill = part.name == "bill"
    func cell(_ value: JSONValue, _ unit: String) -> String {
      guard case .number(let digits) = value, let number = Double(digits) else { return "-" }
      switch unit {
      case "USD": return Decimals.grouped(number, 2)
      case "fraction": return Decimals.fixed(number * 100, 1) + " %"
      case "days": return Decimals.fixed(number, 2)
      case "nats per token": return Decimals.fixed(number, 4)
      case "": return number >= 1e6 ? Count.short(number) : Decimals.grouped(number)
      case "FLOPs": return Decimals.significant(number, 4)
      default: return Decimals.grouped(number, 1) + " " + unit
      }
    }
    func gap(_ row: Row) -> String {
      let text = cell(row.gap, part.unit)
      return text.hasPrefix("-") || row.gap == .number("0.00") || row.gap == .number("0.0000")
        ? text : "+" + text
    }
    let heading = [
      isBill ? "Line" : "Cause", "A", "B",
      part.unit == "USD" ? "B − A, USD" : "B − A, \(part.unit)",
    ]
    let rows = (part.rows + [part.total]).map { row in
      [row.label, cell(row.first, row.unit), cell(row.second, row.unit), gap(row)]
    }
    return "\n" + style.paint("\(part.title)\n", .heading)
      + TextTable.aligned(
        [heading] + rows, numeric: [false, true, true, true], indent: 3, style: style)
  }
}
