import Catalog
import Quantities

/// How old the prices are that a plan leans on.
enum PriceAges {
  /// Older prices are said with every plan.
  static let oldDays = 90

  /// A line on the best options of each route whose price is old; nothing where all are newer.
  static func warnings(_ plan: Plan) -> [String] {
    var routes: Set<Route> = []
    let leaders = plan.ranked.filter { routes.insert($0.route).inserted }
    let old = leaders.compactMap { option -> String? in
      guard let age = days(option, today: plan.scenario.today), age > oldDays else { return nil }
      return "\(OptionWords.name(option)) (\(Decimals.grouped(Double(age))) days)"
    }
    guard !old.isEmpty else { return [] }
    return ["prices older than \(oldDays) days: \(old.joined(separator: "; "))"]
  }

  /// Days since an option's own price was read; nil where it has none.
  static func days(_ option: Assessment, today: CalendarDate) -> Int? {
    priced(option).map { today.daysSinceEpoch - $0.daysSinceEpoch }
  }

  /// The day of an option's own price; nil where it has none. Of a month or a year its last day, so that
  /// no price is called older than it is.
  private static func priced(_ option: Assessment) -> CalendarDate? {
    let own = option.sources.first { source in
      source.figure.hasPrefix("Price of ")
    }
    guard let text = own?.provenance.asOf else { return nil }
    let parts = text.split(separator: "-").compactMap { Int($0) }
    switch parts.count {
    case 3: return try? CalendarDate(parsing: text)
    case 2:
      let next = parts[1] == 12 ? "\(parts[0] + 1)-01-01" : "\(parts[0])-\(pad(parts[1] + 1))-01"
      return (try? CalendarDate(parsing: next))?.adding(days: -1)
    case 1: return try? CalendarDate(parsing: "\(parts[0])-12-31")
    default: return nil
    }
  }

  private static func pad(_ month: Int) -> String { month < 10 ? "0\(month)" : "\(month)" }
}
