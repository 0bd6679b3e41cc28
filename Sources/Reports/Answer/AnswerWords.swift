import Planning
import Quantities

/// Figures and names as the answer says them: rounded to what is known, in words.
public enum AnswerWords {
  /// US dollars in two digits, three from a hundred on: `$7.8M`, `$30M`, `$117M`.
  public static func money(_ dollars: Double) -> String {
    guard dollars.isFinite else { return "-" }
    var scaled = abs(dollars)
    var suffix = ""
    for next in ["k", "M", "B", "T"] where scaled >= 999.5 {
      scaled /= 1000
      suffix = next
    }
    var text = Decimals.fixed(scaled, scaled < 9.95 && !suffix.isEmpty ? 1 : 0)
    if text.hasSuffix(".0") { text.removeLast(2) }
    return (dollars < 0 && text != "0" ? "-$" : "$") + text + suffix
  }

  /// A price: `$1.66`.
  public static func price(_ dollars: Double) -> String { "$\(Decimals.fixed(dollars, 2))" }

  /// A part of the whole: `64 %`, `<1 %` where it would be rounded to nothing.
  public static func percent(_ share: Double) -> String {
    if share > 0, share < 0.005 { return "<1 %" }
    return "\(Decimals.grouped(share * 100)) %"
  }

  /// A chance as a count of a hundred: `21 of 100`.
  public static func ofHundred(_ chance: Double) -> String {
    if chance > 0, chance < 0.005 { return "<1 of 100" }
    return "\(Decimals.fixed(chance * 100, 0)) of 100"
  }

  /// How many times: `1.7`.
  static func times(_ ratio: Double) -> String { Decimals.fixed(ratio, ratio < 9.95 ? 1 : 0) }

  /// How far a price is from another: `38 % above`.
  static func distance(_ price: Double, from today: Double) -> String {
    let share = abs(price / today - 1)
    guard share >= 0.005 else { return "the same as" }
    return "\(percent(share)) \(price < today ? "below" : "above")"
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The month of a date, the first letter of it, and its year.
  static func parts(_ date: CalendarDate) -> (month: String, year: Int) {
    let parts = date.parts
    return (months[parts.month - 1], parts.year)
  }

  /// A month: `Jan 2028`.
  public static func month(_ date: CalendarDate) -> String {
    let (month, year) = parts(date)
    return "\(month) \(year)"
  }

  /// A month that stands after another: the year only where it is another one.
  static func month(_ date: CalendarDate, after first: CalendarDate) -> String {
    let (month, year) = parts(date)
    return year == first.parts.year ? month : "\(month) ’\(String(year).suffix(2))"
  }

  /// A day: `2 Jan 2027`.
  public static func day(_ date: CalendarDate) -> String { "\(date.parts.day) \(month(date))" }

  /// A count with its noun: `1 month`, `6 months`.
  public static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(Decimals.grouped(Double(number))) \(number == 1 ? one : many ?? one + "s")"
  }

  /// Words joined as a sentence does: `a, b and c`.
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The same with a small first letter, but for what is always written large.
  static func inside(_ sentence: String) -> String {
    let second = sentence.dropFirst().first
    guard let first = sentence.first, second?.isLowercase ?? false else { return sentence }
    return first.lowercased() + sentence.dropFirst()
  }
}

extension Route {
  /// What a column is headed: `Google TPU`.
  public var columnTitle: String {
    switch self {
    case .rentTrainium: "AWS Trainium"
    case .rentTPU: "Google TPU"
    case .buyGPU: "Own GPU servers"
    case .rentGPU: "Rented GPUs"
    }
  }

  /// What it is called within a sentence.
  public var noun: String {
    switch self {
    case .rentTrainium: "Trainium"
    case .rentTPU: "TPU"
    case .buyGPU: "owning"
    case .rentGPU: "rented GPUs"
    }
  }

  /// What is to be done.
  var imperative: String {
    switch self {
    case .rentTrainium: "Rent AWS Trainium"
    case .rentTPU: "Rent Google TPU"
    case .buyGPU: "Buy GPU servers"
    case .rentGPU: "Rent GPUs"
    }
  }
}
