import Planning

extension SensitivitySheet {
  /// One row a finding; cells a finding doesn't have are empty.
  var rows: Sheet {
    var sheet = Sheet(columns: [
      .init("kind", "Kind"), .init("name", "Name"), .init("option", "Option"),
      .init("unit", "Unit"), .init("input_p10", "Input p10", numeric: true),
      .init("input_p90", "Input p90", numeric: true),
      .init("economic_usd_p10", "Economic p10", numeric: true),
      .init("economic_usd_p90", "Economic p90", numeric: true),
      .init("cash_usd_p10", "Cash p10", numeric: true),
      .init("cash_usd_p90", "Cash p90", numeric: true),
      .init("days_p10", "Days p10", numeric: true), .init("days_p90", "Days p90", numeric: true),
      .init("first_order", "First order", numeric: true),
      .init("total", "Total", numeric: true), .init("value", "Value", numeric: true),
      .init("distance_sd", "Distance", numeric: true),
      .init("chance_beyond", "Chance", numeric: true),
      .init("worth_usd", "Worth", numeric: true), .init("cost_usd", "Cost", numeric: true),
    ])
    var empty: [JSONValue] { Array(repeating: .null, count: sheet.columns.count) }
    func row(_ kind: String, _ name: String, _ cells: [Int: JSONValue]) -> [JSONValue] {
      var row = empty
      (row[0], row[1]) = (.string(kind), .string(name))
      for (place, value) in cells { row[place] = value }
      return row
    }
    sheet.rows = found.bars.map { bar in
      row(
        "input", bar.input.name,
        [
          2: .string(found.optionID), 3: .string(bar.input.unit),
          4: .significant(bar.values.low, 6), 5: .significant(bar.values.high, 6),
          6: .decimal(bar.economic.low, 2), 7: .decimal(bar.economic.high, 2),
          8: .decimal(bar.cash.low, 2), 9: .decimal(bar.cash.high, 2),
          10: .decimal(bar.days.low, 2), 11: .decimal(bar.days.high, 2),
          12: .decimal(bar.firstOrder?.value, 4), 13: .decimal(bar.total?.value, 4),
        ])
    }
    sheet.rows += found.flips.map { flip in
      row(
        "flip", flip.lever.rawValue,
        [
          2: .string(flip.optionID), 14: .decimal(flip.value, 4),
          15: .decimal(flip.distance, 3), 16: .decimal(flip.chanceBeyond, 4),
        ])
    }
    sheet.rows += found.informationValues.map {
      row("knowledge", $0.input.name, [17: .decimal($0.dollars, 2)])
    }
    sheet.rows += found.trials.map { trial in
      row(
        "trial", trial.accelerator,
        [
          2: trial.offer.map { .string($0) } ?? .null, 3: .string("chips"),
          14: .integer(trial.chips), 17: .decimal(trial.gain, 2),
          18: .decimal(trial.worth?.cost, 2),
        ])
    }
    return sheet
  }
}
