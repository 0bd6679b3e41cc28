import Planning
import Quantities

/// What moves an option, in every format: tables for people, one row a finding for scripts.
public struct SensitivitySheet {
  let found: Sensitivity
  private var format = ReportFormat.table
  private var style = TextStyle()

  public init(_ found: Sensitivity) {
    self.found = found
  }

  /// The findings in a format.
  ///
  /// - Parameter style: of a table on a terminal.
  public func render(_ format: ReportFormat, style: TextStyle = TextStyle()) -> String {
    var sheet = self
    (sheet.format, sheet.style) = (format, style)
    return switch format {
    case .table, .markdown: sheet.text
    case .json: document.document
    case .plain, .csv: rows.render(format)
    }
  }

  // MARK: For people

  private var text: String {
    let parts = [heading, bars, flips, contour, knowledge, trials]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var heading: String {
    "What moves \(found.label).\nEconomic cost \(money(found.economicDollars)), cash "
      + "\(money(found.cashDollars)), done after \(Decimals.fixed(found.totalDays, 0)) days at the "
      + "median.\n"
  }

  private var bars: String {
    var sheet = Sheet(columns: [
      .init("input", "Input", widest: 44), .init("low", "p10", numeric: true),
      .init("high", "p90", numeric: true), .init("unit", "Unit", widest: 22),
      .init("cost_low", "Cost at p10", numeric: true),
      .init("cost_high", "Cost at p90", numeric: true),
      .init("swing", "Swing", numeric: true), .init("days", "Days", numeric: true),
      .init("first", "Alone %", numeric: true), .init("total", "In all %", numeric: true),
      .init("evidence", "Ev"),
    ])
    let moving = found.bars.filter { $0.economic.swing != 0 || $0.days.swing != 0 }
    sheet.rows = moving.map { bar in
      [
        .string(bar.input.meaning), .string(Decimals.significant(bar.values.low, 3)),
        .string(Decimals.significant(bar.values.high, 3)), .string(bar.input.unit),
        .string(money(bar.economic.low)), .string(money(bar.economic.high)),
        .string(signed(bar.economic.swing)), .string(Self.days(bar.days.swing)),
        .string(bar.firstOrder.map { Self.percent($0.value) } ?? "-"),
        .string(bar.total.map { Self.percent($0.value) } ?? "-"),
        .string(bar.input.provenance.grade.rawValue),
      ]
    }
    guard !moving.isEmpty else { return "Nothing that is uncertain moves it.\n" }
    return "One input at a time; shares of the variance of economic cost alone and with others.\n\n"
      + sheet.render(format, style: style)
  }

  private var flips: String {
    let known = nearest(found.flips.filter { $0.value != nil })
    guard !known.isEmpty else { return "" }
    var sheet = Sheet(columns: [
      .init("option", "Would win", widest: 58), .init("condition", "If", widest: 90),
    ])
    sheet.rows = known.map { [.string($0.label), .string($0.condition ?? "")] }
    return "Where the choice flips, all else as assumed.\n\n" + sheet.render(format, style: style)
  }

  /// The flips of the first few options: a person reads no hundred.
  private func nearest(_ flips: [Flip]) -> [Flip] {
    var seen: [String] = []
    return flips.filter { flip in
      if !seen.contains(flip.optionID) { seen.append(flip.optionID) }
      return seen.count <= 8
    }
  }

  private var contour: String {
    let points = found.contour.filter { $0.second != nil }
    guard let id = found.contourID, !points.isEmpty else { return "" }
    var sheet = Sheet(columns: [
      .init("speed", "Speed ×", numeric: true), .init("price", "Price ×", numeric: true),
    ])
    sheet.rows = points.map { point in
      [.string(Decimals.fixed(point.first, 2)), .string(Decimals.fixed(point.second ?? 0, 2))]
    }
    return "Indifferent between the choice and \(id) at:\n\n" + sheet.render(format, style: style)
  }

  private var knowledge: String {
    guard let perfect = found.perfectInformation else { return "" }
    var text =
      "Knowing everything before choosing is worth \(money(perfect)) to this choice, over "
      + "\(Decimals.grouped(Double(found.samples))) outcomes drawn.\n"
    guard !found.informationValues.isEmpty else {
      return text + "No single input is worth knowing: none alone would change the choice.\n"
    }
    var sheet = Sheet(columns: [
      .init("input", "To know", widest: 44), .init("worth", "Is worth", numeric: true),
    ])
    sheet.rows = found.informationValues.prefix(8).map {
      [.string($0.input.meaning), .string(money($0.dollars))]
    }
    text += "\n" + sheet.render(format, style: style)
    return text
  }

  /// The trials worth running, else the one that comes nearest.
  private var trials: String {
    let worthwhile = found.trials.filter { $0.worth?.isWorthRunning ?? false }
    guard worthwhile.isEmpty else { return worthwhile.map(sentence).joined() }
    return found.trials.first.map(sentence) ?? ""
  }

  private func sentence(_ trial: Sensitivity.Trial) -> String {
    let what =
      "A \(Decimals.shortest(trial.hours)) h trial on \(Decimals.grouped(Double(trial.chips))) "
      + trial.accelerator
    guard let worth = trial.worth, let offer = trial.offer else {
      return "\(what) can't be rented as the scenario stands; it would be worth "
        + "\(money(trial.gain)).\n"
    }
    let verdict =
      worth.isWorthRunning ? "worth running" : "not worth running, and no other one is"
    return "\(what) costs about \(money(worth.cost)) (\(offer)) and is worth about "
      + "\(money(worth.gain)) to this decision: \(verdict).\n"
  }

  // MARK: Words

  private func money(_ dollars: Double) -> String { Money(dollars: dollars).short }

  private func signed(_ dollars: Double) -> String {
    (dollars >= 0 ? "+" : "-") + Money(dollars: dollars.magnitude).short
  }

  private static func days(_ days: Double) -> String {
    days == 0 ? "0" : (days > 0 ? "+" : "-") + Decimals.fixed(days.magnitude, 0)
  }

  private static func percent(_ share: Double) -> String {
    Decimals.fixed(max(0, share) * 100, 0)
  }
}
