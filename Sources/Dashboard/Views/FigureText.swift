import Planning
import Quantities

/// Figures of an option as text; what is not known is a dash, never a blank or 0.
enum FigureText {
  static func count(_ value: Double?) -> String {
    value.map { Count.short($0) } ?? "-"
  }

  static func whole(_ value: Int?) -> String {
    value.map { Decimals.grouped(Double($0)) } ?? "-"
  }

  static func percent(_ share: Double?) -> String {
    guard let share, share.isFinite else { return "-" }
    return Decimals.fixed(share * 100, 0) + "%"
  }

  static func loss(_ value: Double?) -> String {
    value.map { Decimals.fixed($0, 3) } ?? "-"
  }

  /// A day begun is a day used.
  static func days(_ value: Double?) -> String {
    value.map { Decimals.grouped($0.rounded(.up)) } ?? "-"
  }

  static func money(_ value: Money?) -> String {
    value.map { $0.dollars.isFinite ? $0.short : "-" } ?? "-"
  }

  /// To the cent, so that rows can be added up.
  static func exact(_ amount: Money) -> String {
    (amount.dollars < 0 ? "-$" : "$") + Decimals.grouped(abs(amount.dollars), 2)
  }
}
