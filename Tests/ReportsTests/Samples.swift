import Catalog
import Planning
import Quantities
import Workload

/// Plans that all tests here look at: making them is most of the work.
enum Samples {
  static let catalog = Result { try Catalog() }
  /// The model is sized from the budget.
  static let sized = catalog.map { Planner(catalog: $0).plan(scenario()) }
  /// A given model and deadline, where owning and renting both fit.
  static let given = catalog.map { catalog in
    var scenario = scenario()
    if let preset = try? ModelPresets.find("llama-3.1-8b") {
      scenario.model = .architecture(preset.architecture)
    }
    scenario.tokens = 2e12
    scenario.deadline = TimeSpan(days: 300)
    return Planner(catalog: catalog).plan(scenario)
  }
  /// Nothing fits.
  static let nothing = catalog.map { Planner(catalog: $0).plan(scenario(10)) }

  static func scenario(_ dollars: Double = 50e6) -> Scenario {
    Scenario(budgetDollars: dollars, start: CalendarDate(daysSinceEpoch: 20_736))
  }

  static func plans() throws -> [Plan] {
    [try sized.get(), try given.get(), try nothing.get()]
  }
}

/// Reads RFC 4180 strictly, without any code of the program: every record of texts.
func records(_ text: String) -> [[String]] {
  var (rows, row, cell, isQuoted) = ([[String]](), [String](), String.UnicodeScalarView(), false)
  var scalars = Array(text.unicodeScalars)[...]
  while let scalar = scalars.popFirst() {
    if isQuoted {
      if scalar != "\"" {
        cell.append(scalar)
      } else if scalars.first == "\"" {
        cell.append("\"")
        scalars.removeFirst()
      } else {
        isQuoted = false
      }
      continue
    }
    switch scalar {
    case "\"": isQuoted = true
    case ",":
      row.append(String(cell))
      cell = .init()
    case "\r" where scalars.first == "\n":
      scalars.removeFirst()
      rows.append(row + [String(cell)])
      (row, cell) = ([], .init())
    default: cell.append(scalar)
    }
  }
  return rows
}
